#!/bin/sh
# Runs the tests of pages with a program: sh Tests/browser/run.sh .build/release/jointvae
#
# A headless browser on a busy machine may stop to answer. Tests that take longer than ten minutes are ended, and run once
# more; a second time is a failure, and so is every test that fails.
for name in explorer report live webkit; do
  for attempt in first last; do
    timeout -k 20 600 .build/browser/bin/python "Tests/browser/${name}_test.py" "$1" && break
    code=$?
    if [ "$code" -ne 124 ] && [ "$code" -ne 137 ] || [ "$attempt" = last ]; then exit 1; fi
    echo "${name}_test.py was ended after ten minutes; it runs once more" >&2
  done
done
