#!/usr/bin/env python3
"""Sums test results: count_tests.py FOLDER EXIT_CODE_OF_THE_RUN. Names what failed; the last line is the count.

Exit status 0 only when at least one test ran, none failed and the run itself ended well.
"""
import pathlib
import sys
import xml.etree.ElementTree as ET

NS = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"


def main():
    folder, run = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    passed, failed, skipped = 0, [], 0
    for path in sorted(folder.glob("**/*.trx")):
        for result in ET.parse(path).getroot().iter(NS + "UnitTestResult"):
            outcome = result.get("outcome")
            if outcome == "Passed":
                passed += 1
            elif outcome == "NotExecuted":
                skipped += 1
            else:
                failed.append(result.get("testName"))
    for path in sorted(folder.glob("**/*.junit.xml")):
        for case in ET.parse(path).getroot().iter("testcase"):
            if case.get("status") == "run":
                passed += 1
            else:
                failed.append(f"reference controller: {case.get('name')}")
    for name in sorted(failed):
        print(f"failed: {name}")
    if not passed and not failed:
        print("no test ran")
    elif run and not failed:
        print(f"the test run broke off with exit code {run}; its messages are above")
    print(f"{passed} passed, {len(failed)} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(0 if passed and not failed and not run else 1)


main()
