"""A small good release of every dataset, in each layout that its loader reads, put together from invented rows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import models

from codes.loaders.outcome import Licensed
from codes.models import (
    AddOnEdit,
    AnesthesiaFactor,
    AnesthesiaUnits,
    Code,
    CoverageCode,
    CoverageDocument,
    Gpci,
    HcpcsIndicators,
    IndexEntry,
    LicensedDescriptor,
    LocalityAmount,
    LocalityCounties,
    Mue,
    PcsCode,
    PlaceOfService,
    ProcessingNote,
    PtpEdit,
    RelativeValue,
)
from tests.codes import anweb, test_licensed
from tests.loaders import fees, index_files, order_files, test_coverage, test_icd10cm
from tests.loaders.conftest import TITLES, edit
from tests.loaders.test_localities import GPCI_HEAD, amount, write


@dataclass(frozen=True)
class Case:
    """The files of a release by name, the tables they go to, and how many rows that gives in all.

    Files of one `family` are read by several loaders: the same values, for other participants.
    """

    dataset: str
    layout: str
    files: dict[str, bytes]
    tables: tuple[type[models.Model], ...]
    rows: int
    dated: bool = True  # its files say since when they hold
    ends: bool = True  # a line tells where it ends
    family: str = ""
    license: Licensed | None = None

    def __str__(self) -> str:
        return f"{self.dataset} {self.layout}".strip()

    def write(self, folder: Path) -> list[Path]:
        """The files in a folder, in their order."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return [folder / name for name in self.files]


def files(make: Callable[[Path], Path | list[Path]]) -> dict[str, bytes]:
    """What a function writes into a folder."""
    with TemporaryDirectory() as folder:
        made = make(Path(folder))
        return {path.name: path.read_bytes() for path in (made if isinstance(made, list) else [made])}


def ptp(name: str) -> dict[str, bytes]:
    lines = [*TITLES, edit("A1001", "A1002"), edit("A1001", "A1003", ends="20231231"), ""]
    return {name: "\r\n".join(lines).encode()}


def mue(service: str) -> dict[str, bytes]:
    head = 'An invented file,,,\n"HCPCS/\nCPT Code",Units,Indicator,Rationale\n'
    rows = "A1001,1,2 Date of Service Edit: Policy,Nature\nA1002,4,1 Line Edit,Data\n"
    return {f"MCR_MUE_{service}_Eff_07-01-2026.csv": (head + rows).encode()}


def index(kind: str, *terms: str) -> dict[str, bytes]:
    return files(lambda folder: index_files.write(folder, *terms, kind=kind))


def table(name: str, *lines: str) -> dict[str, bytes]:
    return files(lambda folder: write(folder, name, *lines))


def legacy(folder: Path) -> list[Path]:
    words = "99990 COUNTING GULLS"
    return [test_licensed.write(folder, name, words, words.replace("0 ", "1 ")) for name in ("SHORTU.txt", "MEDU.txt")]


def lcd(folder: Path) -> list[Path]:
    head = "lcd_id,lcd_version,title,orig_det_eff_date,rev_eff_date,date_retired,display_id"
    codes = "lcd_id,lcd_version,hcpc_code_id,hcpc_code_version,hcpc_code_group"
    return [
        write(folder, "lcd.csv", head, "30,2,Counting gulls,2020-01-01,2026-01-01,,L30"),
        write(folder, "lcd_x_hcpc_code.csv", codes, "30,2,A1001,1,1", "30,2,A1002,1,1"),
    ]


ADD_ON = (
    "Invented\nAOC_Edit_Type\tAdd-On_Code\n1\tA1001\t\tA1002\t\t2020001\t\t\n2\tA1003\t\tCCCCC\t\t2020001\t\tA note\n"
)
PCS = [order_files.line(1, "0DT", 0, "Gulls, Resection"), order_files.line(2, "0DTJ4ZZ", 1, "Resection of Gull")]
SEAWEED = index_files.term("Seaweed", index_files.cells("T51.3X1", "--"))
ANCHOR = index_files.term("Anchor", "<code>X58</code>")
WING = index_files.term("Wing", index_files.cells("C50.-"))
HCPC = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,COV,ADD DT,ACT EFF DT,TERM DT,ACTION CD"
LOCCO = "Medicare Adminstrative Contractor,Locality Number,State,Fee Schedule Area,Counties"
ANES = "Contractor,Locality,Locality Name,{} APM National Anes CF of 20.5"
BOTH_ANES = f"{ANES.format('Qualifying')},Non-Qualifying APM National Anes CF of 20.4"
LISTED = "document_id,document_version,document_display_id,document_type,title,effective_date,retirement_date"
NCD = "NCD_id,NCD_vrsn_num,NCD_mnl_sect,NCD_mnl_sect_title,NCD_efctv_dt,NCD_trmntn_dt"
ROWS = ({}, {"code": "A1002"})
COVERAGE = (CoverageDocument, CoverageCode)
GULL_HOSPITAL = Licensed(2026, "Gull Hospital")

CASES = [
    Case(
        "icd-10-cm",
        "",
        files(lambda folder: [test_icd10cm.tabular(folder), test_icd10cm.order(folder)]),
        (Code,),
        8,
    ),
    Case(
        "hcpcs",
        "table",
        table("HCPC2026_JUL_ANWEB.csv", HCPC, "A9990,0010,3,Iron anchor,Anchor,51,C,20200101,20200101,,N"),
        (HcpcsIndicators,),
        1,
    ),
    Case("hcpcs", "text", files(anweb.write), (HcpcsIndicators,), 4),
    Case(
        "hcpcs-notes",
        "",
        files(lambda folder: anweb.write_notes(folder, "COUNT EACH GULL", "COUNT EACH TERN")),
        (ProcessingNote,),
        2,
        ends=False,
    ),
    Case("ptp-practitioner", "", ptp("ccipra-v322r0-f1.TXT"), (PtpEdit,), 2),
    Case("ptp-hospital", "", ptp("ccioph-v322r0-f1.TXT"), (PtpEdit,), 2),
    Case("mue-practitioner", "", mue("PractitionerServices"), (Mue,), 2),
    Case("mue-hospital", "", mue("OutpatientHospitalServices"), (Mue,), 2),
    Case("mue-dme", "", mue("DMESupplierServices"), (Mue,), 2),
    Case("add-on", "", {"AOC_V2026Q2-MCR.txt": ADD_ON.encode()}, (AddOnEdit,), 2),
    Case("icd-10-cm-index", "", index("index", index_files.GULL), (IndexEntry,), 5),
    Case("icd-10-cm-eindex", "", index("eindex", ANCHOR), (IndexEntry,), 1),
    Case("icd-10-cm-neoplasm", "", index("neoplasm", WING), (IndexEntry,), 1),
    Case("icd-10-cm-drug", "", index("drug", SEAWEED), (IndexEntry,), 1),
    Case(
        "icd-10-pcs",
        "",
        files(lambda folder: order_files.write(folder, *PCS, name="icd10pcs_order_2027.txt")),
        (PcsCode,),
        2,
    ),
    Case(
        "mpfs", "table", files(lambda folder: fees.pprrvu(folder, *ROWS, year=2026)), (RelativeValue,), 2, family="mpfs"
    ),
    Case("mpfs", "text", files(lambda folder: fees.pprrvu_text(folder, *ROWS)), (RelativeValue,), 2, family="mpfs"),
    Case(
        "mpfs-qpp",
        "",
        files(lambda folder: fees.pprrvu(folder, *ROWS, year=2026, name="PPRRVU2026_Jan_QPP.csv")),
        (RelativeValue,),
        2,
        family="mpfs",
    ),
    Case("gpci", "", table("GPCI2026.csv", GPCI_HEAD, "02102,ZZ,01,GULL ISLAND,1,1.065,0.5"), (Gpci,), 1),
    Case(
        "localities",
        "",
        table("26LOCCO.csv", LOCCO, "02102,1,GULLS,PIER,ALL COUNTIES", "02103,2,,BEACH,NORTH/SOUTH"),
        (LocalityCounties,),
        2,
    ),
    Case(
        "anesthesia",
        "",
        table("ANES2026.csv", BOTH_ANES, "02102,01,GULL ISLAND,20.6,20.5"),
        (AnesthesiaFactor,),
        1,
        family="anesthesia",
    ),
    Case(
        "anesthesia-qpp",
        "",
        table("ANES2026.csv", BOTH_ANES, "02102,01,GULL ISLAND,20.6,20.5"),
        (AnesthesiaFactor,),
        1,
        family="anesthesia",
    ),
    Case(
        "anesthesia-units",
        "",
        table("2026-anesthesia-base-units.csv", "CODE,", ",BASE", ",UNIT", "100,5", "01999,4"),
        (AnesthesiaUnits,),
        2,
    ),
    Case("pfall", "", table("PFALL26A.txt", amount("A1001"), amount("A1002"), '"TRL"'), (LocalityAmount,), 2),
    Case(
        "place-of-service",
        "",
        table("p.csv", "CODE,NAME,DESCRIPTION", "11,Nest,A nest", "21,Cliff,A cliff"),
        (PlaceOfService,),
        2,
        dated=False,
    ),
    Case("cpt", "consolidated", files(test_licensed.consolidated), (LicensedDescriptor,), 5, license=GULL_HOSPITAL),
    Case("cpt", "legacy", files(legacy), (LicensedDescriptor,), 4, ends=False, license=GULL_HOSPITAL),
    Case(
        "coverage-article",
        "",
        files(
            lambda folder: test_coverage.export(
                folder,
                test_coverage.ARTICLES,
                test_coverage.PROCEDURES,
                test_coverage.SUPPORTS,
                test_coverage.NOT_SUPPORTED,
            )
        ),
        COVERAGE,
        2 + 3 + 3,
        dated=False,
    ),
    Case("coverage-lcd", "", files(lcd), COVERAGE, 3, dated=False),
    Case(
        "coverage-lcd",
        "list",
        table("documents.csv", LISTED, "30,2,L30,LCD,Counting gulls,2026-01-01,N/A"),
        COVERAGE,
        1,
        dated=False,
    ),
    Case(
        "coverage-ncd",
        "",
        table("ncd_trkg.csv", NCD, "211,3,220.6.1,Counting birds,2013-01-01,", "212,1,220.7,Terns,2014-01-01,"),
        COVERAGE,
        2,
        dated=False,
    ),
]
