"""Time zones by the names that people give them: a city, a country, WIB."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

Region = Literal["asia", "middle_east", "europe", "africa", "america", "pacific"]

INDONESIA: Final = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""The three zones of the country, by the letters that everybody knows there."""
REGIONS: Final[Mapping[Region, tuple[str, ...]]] = {
    "asia": (
        *("Asia/Kuala_Lumpur", "Asia/Singapore", "Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Manila", "Asia/Dili"),
        *("Asia/Tokyo", "Asia/Seoul", "Asia/Taipei", "Asia/Shanghai", "Asia/Kolkata", "Asia/Dhaka"),
    ),
    "middle_east": (
        *("Asia/Riyadh", "Asia/Dubai", "Asia/Qatar", "Asia/Amman", "Europe/Istanbul", "Asia/Tehran"),
        *("Asia/Kabul", "Asia/Karachi", "Asia/Tashkent"),
    ),
    "europe": (
        *("Europe/London", "Europe/Lisbon", "Europe/Paris", "Europe/Amsterdam", "Europe/Berlin", "Europe/Madrid"),
        *("Europe/Rome", "Europe/Warsaw", "Europe/Budapest", "Europe/Helsinki", "Europe/Moscow"),
    ),
    "africa": (
        *("Africa/Cairo", "Africa/Khartoum", "Africa/Casablanca", "Africa/Tunis", "Africa/Lagos", "Africa/Nairobi"),
        *("Africa/Dar_es_Salaam", "Africa/Johannesburg"),
    ),
    "america": (
        *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Toronto"),
        *("America/Vancouver", "America/Mexico_City", "America/Sao_Paulo"),
    ),
    "pacific": (
        *("Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin", "Australia/Perth"),
        *("Pacific/Auckland", "Pacific/Port_Moresby", "Pacific/Fiji"),
    ),
}
"""Where people of UNNES go to and come from, by region."""
OTHER_NAMES: Final[Mapping[str, str]] = {
    "Asia/Jakarta": "wib|indonesia|indonesia barat|semarang|bandung|surabaya|yogyakarta|jogja|solo|surakarta|malang"
    "|medan|palembang|padang|pekanbaru|lampung|bandar lampung|bengkulu|jambi|aceh|banda aceh|batam|bogor|tangerang"
    "|pontianak|palangkaraya|jawa|java|sumatra|sumatera",
    "Asia/Makassar": "wita|indonesia tengah|bali|denpasar|mataram|lombok|kupang|banjarmasin|samarinda|balikpapan"
    "|manado|palu|kendari|gorontalo|sulawesi",
    "Asia/Jayapura": "wit|indonesia timur|papua|ambon|maluku|ternate|sorong|manokwari|merauke|timika",
    "Asia/Kuala_Lumpur": "malaysia|kl|penang|johor|johor bahru",
    "Asia/Singapore": "singapura",
    "Asia/Bangkok": "thailand|chiang mai|laos|kamboja|cambodia",
    "Asia/Ho_Chi_Minh": "vietnam|hanoi|saigon|ho chi minh city",
    "Asia/Manila": "filipina|philippines|cebu|quezon city",
    "Asia/Dili": "timor leste|timor",
    "Asia/Brunei": "brunei darussalam|bandar seri begawan",
    "Asia/Yangon": "myanmar|burma",
    "Asia/Tokyo": "jepang|japan|osaka|kyoto|nagoya|fukuoka|hiroshima",
    "Asia/Seoul": "korea|korea selatan|south korea|busan|daegu",
    "Asia/Taipei": "taiwan|taichung|tainan|kaohsiung",
    "Asia/Shanghai": "china|cina|tiongkok|beijing|guangzhou|wuhan|nanjing",
    "Asia/Kolkata": "india|delhi|new delhi|mumbai|bangalore|chennai",
    "Asia/Dhaka": "bangladesh",
    "Asia/Karachi": "pakistan|islamabad|lahore",
    "Asia/Kabul": "afghanistan|afganistan",
    "Asia/Tashkent": "uzbekistan",
    "Asia/Riyadh": "arab saudi|saudi arabia|saudi|jeddah|mekah|mecca|madinah|medina",
    "Asia/Dubai": "uea|uae|abu dhabi|uni emirat arab|united arab emirates",
    "Asia/Amman": "yordania|jordan",
    "Asia/Tehran": "iran|teheran",
    "Europe/Istanbul": "turki|turkey|turkiye|ankara",
    "Europe/London": "inggris|england|uk|united kingdom|great britain|skotlandia|scotland|manchester|edinburgh",
    "Europe/Lisbon": "portugal|lisboa|lisabon",
    "Europe/Paris": "prancis|perancis|france|lyon",
    "Europe/Amsterdam": "belanda|netherlands|holland|the hague|den haag|rotterdam|leiden|utrecht",
    "Europe/Berlin": "jerman|germany|munich|muenchen|munchen|hamburg|frankfurt|cologne|leipzig",
    "Europe/Madrid": "spanyol|spain|barcelona|valencia",
    "Europe/Rome": "italia|italy|roma|milan|milano",
    "Europe/Warsaw": "polandia|poland|krakow|warsawa|warszawa",
    "Europe/Budapest": "hungaria|hungary|pecs|debrecen|szeged",
    "Europe/Helsinki": "finlandia|finland",
    "Europe/Moscow": "rusia|russia|moskow|moskwa|saint petersburg",
    "Africa/Cairo": "mesir|egypt|kairo|alexandria",
    "Africa/Khartoum": "sudan",
    "Africa/Casablanca": "maroko|morocco|rabat",
    "Africa/Tunis": "tunisia",
    "Africa/Lagos": "nigeria|abuja",
    "Africa/Nairobi": "kenya",
    "Africa/Dar_es_Salaam": "tanzania",
    "Africa/Johannesburg": "afrika selatan|south africa|cape town|pretoria",
    "America/New_York": "amerika|amerika serikat|usa|us|united states|america|washington|boston",
    "America/Chicago": "amerika|amerika serikat|usa|us|united states|america|houston|dallas",
    "America/Denver": "amerika|amerika serikat|usa|us|united states|america",
    "America/Los_Angeles": "amerika|amerika serikat|usa|us|united states|america|california|san francisco|seattle",
    "America/Toronto": "kanada|canada|montreal|ottawa",
    "America/Vancouver": "kanada|canada",
    "America/Mexico_City": "meksiko|mexico",
    "America/Sao_Paulo": "brasil|brazil|rio de janeiro",
    "Australia/Sydney": "australia|canberra",
    "Australia/Brisbane": "australia|gold coast",
    "Australia/Adelaide": "australia",
    "Australia/Darwin": "australia",
    "Australia/Perth": "australia",
    "Pacific/Auckland": "selandia baru|new zealand|wellington",
    "Pacific/Port_Moresby": "papua nugini|papua new guinea",
}
"""What people type for a zone beside the city in its name: countries, and cities that have no zone of their own."""
CONTINENTS: Final = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
MOST_FOUND: Final = 6
ALIKE: Final = 0.8
"""How like a known name a misspelt one must be, from 0 to 1."""


def find_zones(text: str) -> tuple[str, ...]:
    """The zones (IANA names) that a typed place may mean, the likeliest first; nothing if it is not known."""
    if text.strip() in available_timezones():
        return (text.strip(),)
    names, wanted = _zones_by_name(), _plain(text)
    if not wanted:
        return ()
    if wanted in names:
        return names[wanted][:MOST_FOUND]
    close = get_close_matches(wanted, names, n=3, cutoff=ALIKE)
    return tuple(dict.fromkeys(zone for name in close for zone in names[name]))[:MOST_FOUND]


def city_of(zone: str) -> str:
    """`Ho Chi Minh` of `Asia/Ho_Chi_Minh`."""
    return zone.rpartition("/")[2].replace("_", " ")


def offset_of(zone: str, moment: datetime) -> str:
    """How far the clocks of a zone are from UTC at a moment: `+7`, `-3:30`."""
    minutes = round((moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


@cache
def _zones_by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for zone, names in OTHER_NAMES.items():
        _put(found, names.split("|"), zone)
    for zone in sorted(available_timezones()):
        if zone.startswith(CONTINENTS):
            _put(found, (_plain(city_of(zone)),), zone)
    return {name: tuple(zones) for name, zones in found.items()}


def _put(found: dict[str, list[str]], names: Iterable[str], zone: str) -> None:
    for name in names:
        zones = found.setdefault(name, [])
        if zone not in zones:
            zones.append(zone)


def _plain(text: str) -> str:
    """Small letters without accents, words by single spaces."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z]+", letters.casefold()))
