"""LCSP art. 118 as it stood in 2018: minor contracts. A total by supplier, over a window that a question chooses."""

from __future__ import annotations

import datetime as dt

from policies.writing import question, said

from procure.authoring import Band, Duty, Example, InForce, Ladder, Limit, Passage, Policy, Total, ask, column

TEXT = Passage(
    """1. Se consideran contratos menores los contratos de valor estimado inferior a 40.000 euros, cuando se trate de contratos de obras, o a 15.000 euros, cuando se trate de contratos de suministro o de servicios. En los contratos menores la tramitación del expediente exigirá el informe del órgano de contratación motivando la necesidad del contrato, la aprobación del gasto y la incorporación al mismo de la factura correspondiente.
3. En el expediente se justificará que no se está alterando el objeto del contrato para evitar la aplicación de las reglas generales de contratación, y que el contratista no ha suscrito más contratos menores que individual o conjuntamente superen la cifra que consta en el apartado primero de este artículo.
""",  # noqa: E501
    said("Ley 9/2017, art. 118"),
)

COLUMNS = [
    column("importe", is_="amount", headers=["valor estimado", "importe sin IVA"]),
    column("fecha", is_="date", headers=["fecha de adjudicación"]),
    column("organo", type="name", headers=["órgano de contratación"]),
    column("contratista", type="name", headers=["adjudicatario", "NIF"]),
    column("objeto", type="name", headers=["CPV", "objeto"]),
    column(
        "tipo",
        type="word",
        words={
            "obras": ["obras", "obra"],
            "suministros": ["suministros", "suministro"],
            "servicios": ["servicios", "servicio"],
        },
    ),
    column(
        "procedimiento",
        type="word",
        words={
            "menor": ["contrato menor", "adjudicación directa"],
            "abierto": ["abierto", "abierto simplificado"],
            "otro": ["negociado", "restringido", "basado en acuerdo marco"],
        },
    ),
    column("informe", type="date", headers=["fecha del informe de necesidad"], blank="none"),
    column("gasto", type="date", headers=["aprobación del gasto"], blank="none"),
]

CIFRA = [
    Limit(since=dt.date(2018, 3, 9), by="tipo", value={"obras": 40_000, "suministros": 15_000, "servicios": 15_000}),
]

QUESTIONS = [
    question(
        "acumulacion",
        "¿Limita el art. 118.3 al contratista, o sólo prohíbe fraccionar un mismo objeto?",
        {"contratista": "todos los menores del contratista", "objeto": "los del contratista con el mismo objeto"},
        recommended="contratista",
        why="Dice «el contratista», sin más.",
        raised_by=["el contratista no ha suscrito más contratos menores"],
        text=TEXT,
    ),
    question(
        "ventana",
        "¿En qué tiempo se suman?",
        {"natural": "el año natural", "doce-meses": "los doce meses anteriores", "siempre": "sin límite de tiempo"},
        recommended="doce-meses",
        why="Un menor dura a lo sumo un año (art. 29.8).",
        raised_by=["individual o conjuntamente superen"],
        text=TEXT,
    ),
    question(
        "propio",
        "¿Cuenta el contrato que se va a adjudicar?",
        {"si": "sí", "no": "no: «más» contratos"},
        recommended="si",
        why="«conjuntamente».",
        raised_by=["más contratos menores"],
        text=TEXT,
    ),
]

TOTALS = {
    "menores": Total(
        sum="importe",
        by=ask("acumulacion", contratista=["organo", "contratista"], objeto=["organo", "contratista", "objeto"]),
        counts={"procedimiento": "menor"},
        window=ask("ventana", natural="year so far", doce_meses="12 months back", siempre="always so far"),
        itself=ask("propio", si=True, no=False),
    ),
}

LADDERS = {
    "menor": Ladder(
        measures=["importe", "menores"],
        bands=[
            Band(
                id="menor",
                range={"importe": "[0 .. cifra)", "menores": "[0 .. cifra]"},
                clause="valor estimado inferior a 40.000 euros",
                duties=["expediente"],
            ),
            Band(
                id="procedimiento",
                range={"importe": "[cifra .. )", "menores": "(cifra .. )"},
                clause="individual o conjuntamente superen la cifra",
                duties=["procedimiento"],
            ),
        ],
    ),
}

DUTIES = {
    "expediente": Duty(
        required="informe de necesidad y aprobación del gasto, antes",
        clause="el informe del órgano de contratación motivando la necesidad del contrato, la aprobación del gasto",
        unless={"procedimiento": ["abierto", "otro"]},
        met_by=[{"informe": "<= fecha", "gasto": "<= fecha"}],
    ),
    "procedimiento": Duty(
        required="procedimiento abierto u otro, no contrato menor",
        clause="no ha suscrito más contratos menores",
        met_by=[{"procedimiento": ["abierto", "otro"]}],
    ),
}

#: A minor contract with its papers in order.
_MENOR = {
    "organo": "Soria", "contratista": "Delta", "objeto": "papel", "tipo": "suministros",
    "procedimiento": "contrato menor", "informe": "2018-03-10", "gasto": "2018-03-10",
}  # fmt: skip

EXAMPLES = [
    Example(
        name="15,000 exactly is not inferior to 15,000",
        rows=[{**_MENOR, "fecha": "2018-04-02", "tipo": "servicios", "importe": 15_000}],
        verdict="violation", breached=["procedimiento"], turns_on=[],
    ),
    Example(
        name="15,000 exactly in two does not exceed it",
        rows=[
            {**_MENOR, "fecha": "2018-06-02", "importe": 9_000},
            {**_MENOR, "fecha": "2018-07-01", "importe": 6_000},
        ],
        verdict="compliant", turns_on=[],
    ),
    Example(
        name="28,000 in twelve months, 14,000 in the year or without its own",
        rows=[
            {**_MENOR, "fecha": "2018-12-20", "importe": 14_000},
            {**_MENOR, "fecha": "2019-01-10", "importe": 14_000},
        ],
        verdict="violation", breached=["procedimiento"], turns_on=["propio", "ventana"],
    ),
    Example(
        name="a year to the day: the first one no longer counts, unless they are summed for ever",
        rows=[
            {**_MENOR, "fecha": "2018-04-10", "importe": 14_000},
            {**_MENOR, "fecha": "2018-05-01", "importe": 1_000},
            {**_MENOR, "fecha": "2019-04-10", "importe": 14_000},
        ],
        verdict="compliant", turns_on=["ventana"],
    ),
    Example(
        name="two suppliers",
        rows=[
            {**_MENOR, "fecha": "2018-06-02", "importe": 9_000},
            {**_MENOR, "fecha": "2018-07-01", "importe": 9_000, "contratista": "Kappa"},
        ],
        verdict="compliant", turns_on=[],
    ),
    Example(
        name="what was tendered does not count, and works have a limit of their own",
        rows=[
            {**_MENOR, "fecha": "2018-06-02", "importe": 35_000, "tipo": "obras", "procedimiento": "abierto"},
            {**_MENOR, "fecha": "2018-07-01", "importe": 35_000, "tipo": "obras"},
        ],
        verdict="compliant", turns_on=[],
    ),
    Example(
        name="of what type is not said: services have reached their limit, works have not",
        rows=[{**_MENOR, "fecha": "2018-07-01", "importe": 15_000, "tipo": ""}],
        verdict="unknown", missing=["tipo"], turns_on=[],
    ),
    Example(
        name="the report stands in the log, empty",
        rows=[{**_MENOR, "fecha": "2018-07-01", "importe": 6_000, "informe": ""}],
        verdict="violation", breached=["expediente"], turns_on=[],
    ),
    Example(
        name="the log does not have a column of reports",
        rows=[
            {"fecha": "2018-07-01", "organo": "Soria", "contratista": "Delta", "tipo": "suministros",
             "importe": 6_000, "procedimiento": "contrato menor", "gasto": "2018-06-30"},
        ],
        verdict="unknown", missing=["informe"], turns_on=[],
    ),
]  # fmt: skip

POLICY = Policy(
    id="lcsp-118",
    title="LCSP art. 118: contratos menores",
    language="es",
    currency="EUR",
    decimal=",",
    in_force=InForce(since=dt.date(2018, 3, 9), until=dt.date(2020, 2, 5)),
    text=TEXT,
    not_checked=["la incorporación al mismo de la factura", "no se está alterando el objeto del contrato"],
    columns={each.name: each for each in COLUMNS},
    limits={"cifra": CIFRA},
    questions=QUESTIONS,
    totals=TOTALS,
    ladders=LADDERS,
    duties=DUTIES,
    examples=EXAMPLES,
)
