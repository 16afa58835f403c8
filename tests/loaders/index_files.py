"""Files in the published shape of the ICD-10-CM Index, put together from invented terms."""

from pathlib import Path

TITLES = {
    "index": "<title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>",
    "eindex": "<title>ICD-10-CM EXTERNAL CAUSE of INJURIES INDEX</title>",
    "neoplasm": '<indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head></indexHeading>',
    "drug": '<indexHeading><head col="1">Substance</head><head col="2">Poisoning Accidental</head></indexHeading>',
}


def term(title: str, *inside: str, level: int = 0) -> str:
    """A main term, or with a level a term below one."""
    opening, closing = (f'term level="{level}"', "term") if level else ("mainTerm", "mainTerm")
    return "\n".join([f"<{opening}>", f"<title>{title}</title>", *inside, f"</{closing}>"])


def cells(*codes: str) -> str:
    """The cells of a row, from column 2 on."""
    return "\n".join(f'<cell col="{column}">{code}</cell>' for column, code in enumerate(codes, 2))


GULL = term(
    "Gull fever<nemod>(acute) (beak)</nemod> NEC",
    "<see>Fever, of gulls</see>",
    "<seeAlso>Tern</seeAlso>",
    "<code>A00.0</code>",
    term("with itching", "<code>M54.5-</code>", "<manif>[H49.8-]</manif>", level=1),
    term(
        "without",
        term("feathers<nemod>(white)</nemod>", "<code>D24.-</code>", level=2),
        term("feathers", "<seecat>I01</seecat>", level=2),
        level=1,
    ),
)


def write(folder: Path, *terms: str, kind: str = "index", year: int = 2026, name: str = "") -> Path:
    """A file of these main terms under one letter."""
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<ICD10CM.index>\n<version>{year}</version>\n{TITLES[kind]}\n'
    path = folder / (name or f"icd-10-cm-{kind}-{year}.xml")
    path.write_text(f"{head}<letter>\n<title>G</title>\n" + "\n".join(terms) + "\n</letter>\n</ICD10CM.index>\n")
    return path
