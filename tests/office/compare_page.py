#!/usr/bin/python3
"""compare_page.py REPORT: do the amounts of REPORT/report.html arrive in a spreadsheet as numbers?

LibreOffice imports the page as a German reader would paste it, for whom a comma is the decimal point and separators of
thousands would make other numbers or text. The table of costs is then compared with REPORT/summary.csv."""
import csv
import os
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_EVEN, Decimal

import openpyxl

GERMAN = "1031 0"
AMOUNTS = ("billed_cost", "effective_cost", "horizon_value", "unmet_cost", "compared_cost")


def imported(path, folder):
    """The rows of a page's tables, without empty cells."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/home", "--headless", "--infilter=HTML (StarCalc):" + GERMAN,
               "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True)
    sheet = openpyxl.load_workbook(os.path.join(folder, "report.xlsx")).active
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def main():
    with open(os.path.join(sys.argv[1], "summary.csv"), encoding="utf-8", newline="") as file:
        summary = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as folder:
        rows = imported(os.path.join(sys.argv[1], "report.html"), folder)
    first = next(i for i, row in enumerate(rows) if row and str(row[0]).startswith("Cost of each strategy"))
    for row, line in zip(rows[first + 1:], summary):
        amounts = [int(Decimal(line[key]).quantize(Decimal(1), ROUND_HALF_EVEN)) for key in AMOUNTS]
        expected = [line["strategy"], int(line["rank"]) if line["rank"] else "-"] + amounts
        if row[:len(expected)] != expected:
            sys.exit(f"report.html arrives as {row}, expected {expected}")
    print(f"{len(summary)} rows of the page arrive as numbers")


main()
