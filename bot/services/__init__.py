"""Use cases, one file each, in rooms by what they are about. A handler calls one of them, then shows a screen.

Handlers may take these parameters:

| name | what |
|---|---|
| visit | the person and the conversation of this update (`services.visit.Visit`) |
| t, translators | texts in the person's language (`bot.i18n`), and in any language |
| interview | `services.interview.interview.InterviewService` |
| applications | `services.applications.applications.ApplicationService` |
| people | `services.people.people.PeopleService` |
| privacy | `services.people.privacy.PrivacyService` |
| team, invites | `services.staff.team.TeamService`, `services.staff.invites.InviteService`: who is on the staff |
| log | `services.staff.log.LogService`: the audit log as a file; `services.staff.staff.audit` writes its lines |
| stats, export | `services.staff.stats.StatsService`, `services.staff.export.ExportService`: numbers, tables |
| library | `services.library.Library`: clauses and documents |
| knowledge, clock, settings | as the entry point made them |

Services change the visit in memory; everything is written once, after the handler has sent its reply. If the process
dies before that, the update is handled again from the same state. So a handler keeps no memory of its own and writes
nothing by itself, and a reply may be sent twice but an effect never happens twice.
"""
