#!/bin/sh
# recalculate.sh BOOK.xlsx FOLDER: LibreOffice computes every formula of the workbook anew and saves the
# result under the same name in FOLDER. Left alone it would show the values stored in the file, so it
# gets a user profile that says "always recalculate on load" (0) and nothing else.
set -eu

[ $# -eq 2 ] || { echo "usage: recalculate.sh BOOK.xlsx FOLDER" >&2; exit 2; }
[ -r "$1" ] || { echo "recalculate.sh: cannot read $1" >&2; exit 2; }
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p "$home/user" "$2"

cat >"$home/user/registrymodifications.xcu" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
END

soffice -env:UserInstallation="file://$home" --headless --convert-to 'xlsx:Calc MS Excel 2007 XML' \
    --outdir "$2" "$1" >"$home/said" 2>&1 || { cat "$home/said" >&2; exit 1; }
[ -s "$2/$(basename "$1")" ] || { cat "$home/said" >&2; exit 1; }
