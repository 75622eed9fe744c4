#!/usr/bin/env bash
# What `make demo` does: draws from a trained model that the package brings, builds the program, and trains a model.
#
#   scripts/demo.sh RUN [OPTIONS of jointvae train]
#
# DEMO_STEPS sets the length of the training. Without it, the length is what this machine does in SECONDS_WANTED. The
# model depends on the length, so the script prints it.
set -euo pipefail
cd "$(dirname "$0")/.."

run=$1
shift
program=.build/release/jointvae
readonly SECONDS_WANTED=100 LEAST=1000 MOST=10000 UNIT=500

say() { printf 'demo: %s\n' "$*"; }

# How to open a file on this system.
opener() {
  if [ "$(uname -s)" = Darwin ]; then echo open; else echo xdg-open; fi
}

# Milliseconds of a training step on this machine.
step_time() {
  "$program" bench --rounds 1 --steps 15 --json | sed -n 's/.*"medianMilliseconds" *: *\([0-9.]*\).*/\1/p' | head -n 1
}

# Steps of so many milliseconds that fit into SECONDS_WANTED. Pairs and the log take a twentieth on top.
steps_that_fit() {
  awk -v step="$1" -v seconds="$SECONDS_WANTED" -v unit="$UNIT" -v least="$LEAST" -v most="$MOST" 'BEGIN {
    count = int(seconds * 1000 / (step * 1.05) / unit) * unit
    if (count < least) count = least
    if (count > most) count = most
    print count
  }'
}

train() {
  if [ -e "$run/config.json" ]; then
    say "4 of 4: $run is there already: it goes on, or stays as it is. Remove it for another demo."
    "$program" train --resume --out "$run"
    return
  fi
  local length=()
  case " $* " in
    *' --steps '* | *' --epochs '* | *' --steps='* | *' --epochs='*)
      say '4 of 4: trains a model on shapes that the program draws, for the length in DEMO_FLAGS.' ;;
    *)
      local steps=${DEMO_STEPS:-} step
      say '4 of 4: trains a model on shapes that the program draws, without labels.'
      if [ -z "$steps" ]; then
        say 'Measures a training step first, which sets the length of the training.'
        step=$(step_time)
        [ -n "$step" ] || { say 'jointvae bench printed no time; pass a length: make demo DEMO_STEPS=5000' >&2; exit 1; }
        steps=$(steps_that_fit "$step")
        say "$(awk -v step="$step" -v steps="$steps" 'BEGIN {
          printf "A step takes %.1f ms here. ", step
          printf "The training has %d steps, which takes about %.0f seconds.", steps, step * 1.05 * steps / 1000
        }')"
        say "make demo DEMO_STEPS=$steps trains the same model again."
        say "More steps, up to $MOST, draw sharper pictures and sort the shapes better."
      fi
      length=(--steps "$steps") ;;
  esac
  "$program" train shapes --recipe pairs --out "$run" ${length[@]+"${length[@]}"} "$@"
}

say '1 of 4: checks Swift and the system libraries, and builds what draws from a trained model.'
say 'The first build takes a minute or two.'
scripts/setup.sh
swift build -c release --product FirstLook
mkdir -p runs
.build/release/FirstLook runs/first-look.png
say "A model drew these shapes: $PWD/runs/first-look.png. Each row is a category that it found without labels."
say "Open the picture with: $(opener) runs/first-look.png"

say '2 of 4: builds the rest of the program, which takes some minutes the first time.'
swift build -c release --product jointvae

say '3 of 4: draws what each latent variable of that model changes.'
"$program" traverse shapes --show -o runs/first-look.gif
say "The moving picture is $PWD/runs/first-look.gif. Open it with: $(opener) runs/first-look.gif"

train "$@"

cat <<END

Now open, in $run, for example with: $(opener) $run/report.html
  report.html          all pictures on one page, with curves
  samples.png          images the model invented
  reconstructions.png  originals above, what the model made of them below
  traversals.gif       what each latent variable changes
  training.gif         how it learned to draw
END
