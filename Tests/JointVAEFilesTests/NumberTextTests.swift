import JointVAEFiles
import Testing

@Suite("Numbers for people") struct NumberTextTests {
  @Test("have the decimals asked for, and no sign where they round to 0")
  func decimals() {
    #expect(NumberText.decimal(1.005, 2) == "1.00")
    #expect(NumberText.decimal(-2.5, 1) == "-2.5")
    #expect(NumberText.decimal(0.999, 2) == "1.00")
    #expect(NumberText.decimal(-0.004, 2) == "0.00")
    #expect(NumberText.decimal(-0.4, 0) == "0")
    #expect(NumberText.decimal(12_345.6, 0) == "12346")
    #expect(NumberText.decimal(.nan, 2) == "nan")
    #expect(NumberText.decimal(-.infinity, 2) == "-inf")
    #expect(NumberText.decimal(.greatestFiniteMagnitude, 4).count == 314)
  }

  @Test("are short where many stand together")
  func short() {
    #expect(
      [0.12345, 12.345, 699.16, 1234.5, 1_234_567].map(NumberText.short) == [
        "0.123", "12.35", "699.2", "1234", "1.235e+06",
      ])
    #expect(NumberText.significant(2_000_000, 3) == "2e+06")
  }

  @Test("count with commas, and nouns in the plural")
  func counts() {
    #expect(
      [0, 999, 1000, -1_234_567, .min].map { NumberText.count($0) } == [
        "0", "999", "1,000", "-1,234,567", "-9,223,372,036,854,775,808",
      ])
    #expect([1, 2].map { NumberText.count($0, "run") } == ["1 run", "2 runs"])
    #expect(NumberText.list([]) == "")
    #expect(NumberText.list(["a", "b", "c"]) == "a, b and c")
  }

  @Test("read back as the same number, whole ones without a point")
  func exact() {
    #expect([3, 0.1, 1e16].map(NumberText.shortest) == ["3", "0.1", "1e+16"])
    #expect(NumberText.exact(Double(Float(0.1))) == "0.1")
    #expect(
      [1, -2.456, 0.001, 1e300, .nan, .infinity].map(NumberText.coordinate) == [
        "1", "-2.46", "0", "0", "0", "0",
      ])
  }

  @Test("name sizes in millions of bytes and times by the clock")
  func units() {
    #expect(NumberText.megabytes(61_440_000) == "61.4 MB")
    #expect(
      [7.2, 125, 10_925, .infinity, -1].map(NumberText.duration) == [
        "0:07", "2:05", "3:02:05", "?", "0:00",
      ])
  }
}
