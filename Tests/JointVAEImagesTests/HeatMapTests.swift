import JointVAEImages
import Testing

struct HeatMapTests {
  private func map(_ shares: [[Double]], label: String = "a") -> HeatMap {
    HeatMap(
      cells: shares.map { $0.map { HeatMap.Cell(share: $0, text: "") } },
      rowLabels: shares.map { _ in label }, columnLabels: (shares.first ?? []).map { _ in ["0"] },
      headerLabels: ["c0"])
  }

  /// The red values of a row of pixels.
  private func reds(_ image: Image, row: Int) -> [UInt8] {
    (0..<image.width).map { image[x: $0, y: row, channel: 0] }
  }

  @Test("A cell is the darker the larger its share, clamped to white and dark blue")
  func shades() throws {
    let image = try map([[0, 0.5, 1, -3, 7, .nan]]).image()
    // A row of pixels through the cells, below the letters' line.
    let row = image.height - 16
    let runs = reds(image, row: row).filter { $0 != 255 }.reduce(into: [UInt8]()) {
      if $0.last != $1 { $0.append($1) }
    }
    #expect(runs == [244, 126, 8, 244, 8, 244])
    #expect(image.channels == 3)
  }

  @Test("Labels make room for themselves, up to a limit, and line breaks stay in their cell")
  func labels() throws {
    let short = try map([[0]]).image()
    let long = try map([[0]], label: "abcdefgh").image()
    let endless = try map([[0]], label: String(repeating: "x", count: 5000)).image()
    #expect(long.width > short.width)
    #expect(endless.width < 2 * long.width)
    let broken = try map([[0]], label: "a\nb").image()
    let spaced = try map([[0]], label: "a b").image()
    #expect(broken == spaced)
    #expect(try map([[0]]).image(scale: 1).width == short.width / 2)
  }

  @Test("What cannot be drawn says so")
  func refused() throws {
    #expect(throws: ImageError("a heat map needs at least one cell")) { try map([]).image() }
    #expect(
      throws: ImageError("a heat map of scale 0 cannot be drawn; expected from 1 to 16")
    ) { try map([[0]]).image(scale: 0) }
    let large = map([[Double]](repeating: [Double](repeating: 0, count: 500), count: 1000))
    #expect(
      throws: ImageError(
        "a heat map of 1000 x 500 cells is too large to draw; write a table instead")
    ) { try large.image(scale: 16) }
  }
}
