"""Invented files of the physician fee schedule, in the layouts of CMS."""

import csv
from io import StringIO
from pathlib import Path

_ROWS_22 = """\
,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,\
CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,\
SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT"""

DEFAULTS = {
    "code": "A1001",
    "modifier": "",
    "description": "Invented, never read",
    "status": "A",
    "unused": "",
    "work": "1.30",
    "pe_nonfacility": "1.26",
    "na_nonfacility": "",
    "pe_facility": "0.55",
    "na_facility": "",
    "malpractice": "0.10",
    "total_nonfacility": "2.66",
    "total_facility": "1.95",
    "pc_tc": "0",
    "global_days": "090",
    "preoperative": "0.10",
    "intraoperative": "0.69",
    "postoperative": "0.21",
    "multiple_procedure": "2",
    "bilateral": "1",
    "assistant": "2",
    "co_surgeon": "1",
    "team": "0",
    "pricing": "9",
    "endoscopic_base": "",
    "conversion_factor": "34.6062",
    "supervision": "09",
    "flag": "0",
    "imaging_family": "99",
    "opps_pe_nonfacility": "0.00",
    "opps_pe_facility": "0.00",
    "opps_malpractice": "0.00",
}
_ENDS = {  # the last character of each field in a text record
    "status": 58,
    "work": 65,
    "pe_nonfacility": 72,
    "na_nonfacility": 74,
    "pe_facility": 81,
    "na_facility": 83,
    "malpractice": 89,
    "total_nonfacility": 96,
    "total_facility": 102,
    "pc_tc": 103,
    "global_days": 106,
    "preoperative": 109,
    "intraoperative": 112,
    "postoperative": 115,
    "multiple_procedure": 116,
    "bilateral": 117,
    "assistant": 118,
    "co_surgeon": 119,
    "team": 120,
    "pricing": 121,
    "endoscopic_base": 132,
    "conversion_factor": 140,
    "supervision": 143,
    "flag": 144,
    "imaging_family": 147,
    "opps_pe_nonfacility": 157,
    "opps_pe_facility": 164,
    "opps_malpractice": 171,
}


def pprrvu(folder: Path, *rows: dict[str, str], year: int = 2022, month: str = "January", name: str = "") -> Path:
    """A CSV of these rows, each stated by how it differs from DEFAULTS; from 2026 with the pricing indicator."""
    table = list(csv.reader(StringIO(_ROWS_22)))
    names = list(DEFAULTS)
    if year < 2026:
        names.remove("pricing")
    else:
        table = [
            [*cells[:23], added, *cells[23:]] for cells, added in zip(table, ["", "", "", "PRIC", "IND"], strict=True)
        ]
    title = [["", "", f"{year} National Physician Fee Schedule Relative Value File {month} Release"]]
    path = folder / (name or "values.csv")
    with path.open("w", newline="", encoding="utf-8") as stream:
        written = csv.writer(stream)
        written.writerows([*title, *table])
        written.writerows([[{**DEFAULTS, **row}[column] for column in names] for row in rows])
    return path


def pprrvu_text(folder: Path, *rows: dict[str, str], year: int = 2026, month: str = "January") -> Path:
    """The same as a text of 200 characters a record."""
    lines = [f"HDR {year} National Physician Fee Schedule Relative Value File {month} Release"]
    for row in rows:
        values = {**DEFAULTS, "preoperative": ".10", "intraoperative": ".69", "postoperative": ".21", **row}
        line = list(f"{values['code']}{values['modifier']:2}{values['description']:50}".ljust(200))
        for column, last in _ENDS.items():
            text = values[column]
            line[last - len(text) : last] = text
        lines.append("".join(line))
    path = folder / "values.txt"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="cp1252")
    return path
