import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

struct CSVLogTests {
  private let columns = ["step", "loss"]

  @Test("Rows stand in the file as soon as they are appended")
  func append() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/log.csv"
      let log = try CSVLog(creating: path, columns: columns)
      #expect(try text(path) == "step,loss\n")
      try log.append(["1", "7.5"])
      #expect(try text(path) == "step,loss\n1,7.5\n")
      try log.flush()
    }
  }

  @Test("Resuming keeps the rows up to a step and goes on behind them")
  func resume() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/log.csv"
      try AtomicFile.write("step,loss\n1,7.5\n50,6\n100,5\n150,4\n", to: path)
      let log = try CSVLog(resuming: path, columns: columns, key: "step", through: 100)
      try log.append(["150", "4.5"])
      #expect(try text(path) == "step,loss\n1,7.5\n50,6\n100,5\n150,4.5\n")
    }
  }

  @Test("Half a row that a killed program left is dropped")
  func halfRow() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/log.csv"
      try AtomicFile.write("step,loss\n1,7.5\n50,6\n10", to: path)
      let log = try CSVLog(resuming: path, columns: columns, key: "step", through: 100)
      try log.append(["100", "5"])
      #expect(try text(path) == "step,loss\n1,7.5\n50,6\n100,5\n")
    }
  }

  @Test("A log that is missing is begun")
  func missing() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/log.csv"
      _ = try CSVLog(resuming: path, columns: columns, key: "step", through: 100)
      #expect(try text(path) == "step,loss\n")
    }
  }

  @Test(
    "A file that is no log of this run is refused and left as it is",
    arguments: [
      (
        "step,cost\n1,2\n",
        "has other columns than this run writes (step,loss); move it away to go on without its rows"
      ),
      ("step,loss\none,2\n", "line 2 holds \"one\" as step; expected a number"),
      ("step,loss\n1,2\n2\n", "line 3 has 1 fields; expected 2"),
      ("", "is empty; expected a header line"),
      ("step", "is empty; expected a header line"),
    ])
  func refused(contents: String, problem: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/log.csv"
      try AtomicFile.write(contents, to: path)
      #expect(throws: FileError(path, problem)) {
        try CSVLog(resuming: path, columns: columns, key: "step", through: 100)
      }
      #expect(try text(path) == contents)
    }
  }

  @Test("A log that is no text is refused")
  func bytes() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/log.csv"
      try AtomicFile.write([0xff, 0xfe, 0x0a], to: path)
      #expect(throws: FileError(path, "is no UTF-8 text; expected a CSV file")) {
        try CSVLog(resuming: path, columns: columns, key: "step", through: 100)
      }
    }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try BoundedFile.read(path, limit: 1 << 20), as: UTF8.self)
  }
}
