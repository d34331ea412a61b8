#!/bin/sh
# A session on the invented assessments beside this file, in a ledger of its own.
# Run it with `make demo`, which puts `kaitei` on PATH.
set -eu
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
export KAITEI_DB="sqlite:///$work/kaitei.db"

# Says what comes next.
tell() {
    printf '\n# %s\n\n' "$*"
}

# Prints the command, then runs it.
run() {
    printf '$ %s\n' "$*"
    "$@"
    echo
}

# The same for `validate`, whose status 1 says that it found something.
run_findings() {
    printf '$ %s\n' "$*"
    "$@" || [ $? -eq 1 ]
    echo
}

item=II/4/委託事項1/③委託先名

tell '公表された評価書を取り込む (take in published documents)'
run kaitei import samples/kasumino/7_kaigo-hoken_R6.txt samples/kasumino/7_kaigo-hoken.txt \
    samples/minatogawa/15_jidou-fuyou.txt
run kaitei list

tell '過去の日の記載 (what an item said on two days)'
run kaitei show 霞野市長/7 --item "$item" --as-of 平成29年10月1日
run kaitei show 霞野市長/7 --item "$item" --as-of 令和6年8月1日

tell '分からないことは分からないと答える (what cannot be proved is not invented)'
run kaitei show 湊川町長/15 --item 別添1 --as-of 令和3年1月1日

tell '四つの版から、その間の日の記載を確かめる (four editions of one assessment, and a row without a day between two)'
run kaitei import samples/yunagi/21_kokuho_H30.txt samples/yunagi/21_kokuho_R3.txt \
    samples/yunagi/21_kokuho_R5.txt samples/yunagi/21_kokuho.txt
for day in 令和3年6月25日 令和4年6月1日 令和5年9月29日; do
    run kaitei show 夕凪市長/21 --item IV/1/②請求方法 --as-of "$day"
done

tell '（別添２）変更箇所を記録から書く (the change table, written from the events)'
run kaitei changes 霞野市長/7 --as-of 令和4年12月31日

tell '評価書の点検 (the findings: a clean document, and one with planted faults)'
run_findings kaitei validate samples/kasumino/7_kaigo-hoken.txt
run_findings kaitei validate samples/minatogawa/15_jidou-fuyou.txt
