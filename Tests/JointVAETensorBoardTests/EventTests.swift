import JointVAEFiles
import JointVAEImages
import JointVAETensorBoard
import Testing

/// The bytes that TensorBoard's own Python writes of the same events.
@Suite("Events and records") struct EventTests {
  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test("A record has its length and both masked checksums")
  func record() {
    #expect(
      hexadecimal(RecordFile.framed(Array("abc".utf8))) == "0300000000000000b099490e6162636e57f121")
  }

  @Test("A scalar, the version of the format and a restart")
  func events() {
    let scalar = Event(time: 1.5, step: 7, .values([TaggedValue("objective/loss", .scalar(2.5))]))
    #expect(
      hexadecimal(scalar.bytes)
        == "09000000000000f83f10072a170a150a0e6f626a6563746976652f6c6f73731500002040")
    #expect(
      hexadecimal(Event(time: 2, step: 0, .version).bytes)
        == "0900000000000000401a0d627261696e2e4576656e743a32")
    #expect(
      hexadecimal(Event(time: 2, step: 41, .restart).bytes) == "09000000000000004010293a020801")
  }

  @Test("A histogram")
  func histogram() throws {
    let histogram = try #require(Histogram([1, 3], parts: 2))
    let event = Event(time: 2, step: 41, .values([TaggedValue("h", .histogram(histogram))]))
    #expect(
      hexadecimal(event.bytes)
        == "09000000000000004010292a580a560a01682a5109000000000000f03f110000000000000840190000000000000040"
        + "2100000000000010402900000000000024403210000000000000004000000000000008403a10000000000000f03f"
        + "000000000000f03f")
  }

  @Test("Histograms count every number, equal ones too, and refuse what is not finite")
  func counts() throws {
    let equal = try #require(Histogram([2, 2, 2]))
    #expect(equal.counts.reduce(0, +) == 3)
    #expect(equal.limits.last == 2 || equal.limits.last.map { $0 > 2 } == true)
    let many = try #require(Histogram((0...1000).map { Double($0) / 7 - 50 }))
    #expect(many.counts.reduce(0, +) == 1001)
    #expect(zip(many.limits, many.limits.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Histogram([]) == nil)
    #expect(Histogram([1, .nan]) == nil)
    #expect(Histogram([1, .infinity]) == nil)
    let categories = Histogram(categories: [3, 0, 1])
    #expect(categories.counts == [3, 0, 1])
    #expect(categories.count == 4)
    #expect(categories.sum == 2)
  }

  @Test("A picture has the measures of its PNG file")
  func picture() throws {
    let gray = try Image(width: 5, height: 3).pngBytes()
    let picture = try #require(EncodedPicture(png: gray))
    #expect([picture.width, picture.height, picture.channels] == [5, 3, 1])
    let color = try Image(width: 2, height: 7, channels: 3).pngBytes()
    #expect(EncodedPicture(png: color)?.channels == 3)
    #expect(EncodedPicture(png: [1, 2, 3]) == nil)
    #expect(EncodedPicture(png: Array(gray.prefix(20))) == nil)
  }

  @Test("Whole records are found, and none behind damage")
  func reading() throws {
    let payloads: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 300)]
    let bytes = payloads.flatMap(RecordFile.framed)
    #expect(RecordFile.records(in: bytes).map { Array(bytes[$0]) } == payloads)
    // A record that was cut off, wherever it was.
    for length in 0..<bytes.count {
      let found = RecordFile.records(in: Array(bytes.prefix(length)))
      #expect(found.count == (length < 19 ? 0 : length < 35 ? 1 : 2), "\(length)")
    }
    var damaged = bytes
    damaged[12] ^= 1
    #expect(RecordFile.records(in: damaged).isEmpty)
    damaged = bytes
    damaged[19] = 0xff
    #expect(RecordFile.records(in: damaged).count == 1)
  }

  @Test("A file of settings and scores is what TensorBoard's table reads")
  func parameters() throws {
    let values = HyperParameters.beginning(
      [("seed", .number(3)), ("recipe", .text("shapes"))], scores: ["scores/loss"], time: 5)
    #expect(values.map(\.tag) == ["_hparams_/experiment", "_hparams_/session_start_info"])
    let event = Event(time: 1, step: 0, .values(values + [HyperParameters.end(time: 6)]))
    let outline = try EventOutline(event.bytes[...])
    #expect(outline.tags.last == HyperParameters.endTag)
    #expect(outline.step == 0)
    let text = Event(time: 1, step: 9, .values([TaggedValue("run/config", .text("hello"))]))
    #expect(try EventOutline(text.bytes[...]).text == "hello")
    #expect(try EventOutline(text.bytes[...]).step == 9)
  }
}
