#!/usr/bin/python3
"""compare_workbooks.py BOOK.xlsx RECALCULATED.xlsx [MOST]

For every formula of BOOK: is the value stored with it the one that another spreadsheet program finds?
Numbers may differ by MOST (1e-9) of their size, or of 1 where they are smaller. Prints each difference
and, last, a line of counts. Exit status 1 where something differs or there is no formula at all."""
import sys

import openpyxl


def formulas(book):
    """(sheet, cell, formula) in the order of the sheets."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, cell.value


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def distance(stored, found):
    """How far apart, as a share; infinite where they are not of a kind."""
    if is_number(stored) and is_number(found):
        return abs(stored - found) / max(1.0, abs(stored))
    return 0.0 if stored == found else float("inf")


def main():
    most = float(sys.argv[3]) if len(sys.argv) > 3 else 1e-9
    stored = openpyxl.load_workbook(sys.argv[1], data_only=True)
    found = openpyxl.load_workbook(sys.argv[2], data_only=True)
    n_formulas, n_different, worst = 0, 0, 0.0
    for sheet, cell, formula in formulas(openpyxl.load_workbook(sys.argv[1])):
        n_formulas += 1
        here, there = stored[sheet][cell].value, found[sheet][cell].value
        apart = distance(here, there)
        worst = max(worst, apart)
        if apart > most:
            n_different += 1
            print(f"{sheet}!{cell} {formula}: stored {here!r}, recalculated {there!r}")
    print(f"{n_formulas} formulas, {n_different} differ, worst relative difference {worst:.1e}")
    return n_different > 0 or n_formulas == 0


if __name__ == "__main__":
    sys.exit(main())
