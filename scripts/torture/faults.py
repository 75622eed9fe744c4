"""Kills and failing calls."""

import errno
import shutil
import time

KILL = "killed"
KINDS = [
    (KILL + " at a call", {"TORTURE_FAULT": "kill"}),
    (KILL + " at a random time", None),
    ("call failed with EIO", {"TORTURE_FAULT": str(errno.EIO)}),
    ("call failed with ENOSPC", {"TORTURE_FAULT": str(errno.ENOSPC)}),
    ("call interrupted (EINTR)", {"TORTURE_FAULT": str(errno.EINTR)}),
    ("call wrote half (short write)", {"TORTURE_FAULT": "short"}),
    ("disk full from a call on", {"TORTURE_FAULT": str(errno.ENOSPC), "TORTURE_STICKY": "1"}),
]


class Disturbances:
    """One scenario, disturbed in one way after another."""

    def __init__(self, torture, scenario, kind=""):
        self.torture = torture
        self.kinds = [entry for entry in KINDS if kind in entry[0]]
        self.scenario = scenario
        self.calls = None

    def measure(self):
        """Runs the scenario undisturbed: what it leaves, its calls and its time."""
        torture, scenario = self.torture, self.scenario
        self.start_folder = torture.new_folder()
        scenario.prepare(self.start_folder)
        self.before = scenario.files(self.start_folder)
        folder = self.copy()
        count = torture.folder / "count"
        began = time.monotonic()
        code, _, err = torture.run(
            scenario.call, folder, {"LD_PRELOAD": str(torture.shim), "TORTURE_COUNT": str(count)}
        )
        self.seconds = time.monotonic() - began
        if code != 0:
            raise SystemExit(f"{scenario.name} fails undisturbed: {err}")
        self.calls = int(count.read_text())
        self.after = scenario.files(folder)
        shutil.rmtree(folder)
        self.places = []

    def copy(self):
        """A new copy of the files at the start, always at the same place: some files hold paths."""
        return shutil.copytree(self.start_folder, self.torture.folder / self.scenario.name.replace(" ", "-"))

    def next_place(self):
        """A call; each once before one comes again."""
        if not self.places:
            self.places = list(range(1, self.calls + 1))
            self.torture.random.shuffle(self.places)
        return self.places.pop()

    def step(self):
        if self.calls is None:
            self.measure()
        torture, scenario = self.torture, self.scenario
        kind, fault = torture.random.choice(self.kinds)
        folder = self.copy()
        words = f"{scenario.name}: {kind}"
        if fault is None:
            seconds = torture.random.uniform(0, self.seconds)
            code, _, err = torture.run(scenario.call, folder, kill_after=max(seconds, 0.001))
            words += f" after {seconds:.3f} s"
        else:
            place = self.next_place()
            words += f", call {place} of {self.calls}"
            code, _, err = torture.run(
                scenario.call, folder, {"LD_PRELOAD": str(torture.shim), "TORTURE_AT": str(place), **fault}
            )
        torture.figures[f"{scenario.name}: {kind}"] += 1
        problem = self.problem(folder, kind, code, err) or self.problem_in_the_end(folder, kind)
        if problem:
            torture.fail(folder, f"{words}: {problem}")
        else:
            shutil.rmtree(folder)

    def problem(self, folder, kind, code, err):
        """What is wrong with how the disturbed call ended and with what it left."""
        if code < 0 and not (code == -9 and kind.startswith(KILL)):
            return f"ended by signal {-code}: {err[-500:]}"
        if code > 1 or (code == 1 and "Error: " not in err and "failed: " not in err):
            return f"exit code {code} without a reason: {err[-500:]}"
        if code != 0 and ("EINTR" in kind or "short" in kind):
            return f"did not go on: {err[-500:]}"
        return self.scenario.problem_between(folder, self.before, self.after)

    def problem_in_the_end(self, folder, kind):
        """Calls the program until it ends well; what is wrong then."""
        call = self.scenario.next_call(folder)
        code, _, err = self.torture.run(call, folder)
        if code != 0:
            return f"{' '.join(call)} fails afterwards: {err[-500:]}"
        found = self.scenario.files(folder)
        for name in sorted(found.keys() | self.after.keys()):
            if name not in self.after:
                return f"{name} is left over"
            if found.get(name) != self.after[name]:
                return f"{name} is {'missing' if name not in found else 'another one'}"
        return None
