import JointVAEImages
import JointVAEPictures
import Testing

struct GridRowsTests {
  @Test("Rows of a grid are picked in the order asked for, with their padding")
  func rows() throws {
    let tiles = (0..<6).map { Image(width: 4, height: 3, value: UInt8(10 * ($0 + 1))) }
    let grid = try ImageGrid(columns: 2).picture(of: tiles)
    let picked = try grid.keepingGridRows([2, 0], of: 3)
    #expect(
      picked == (try ImageGrid(columns: 2).picture(of: [tiles[4], tiles[5], tiles[0], tiles[1]])))
  }

  @Test("A picture that is no such grid is refused")
  func noGrid() {
    let picture = Image(width: 10, height: 16)
    #expect(throws: ImageError.self) { try picture.keepingGridRows([0], of: 3) }
    #expect(throws: ImageError.self) { try picture.keepingGridRows([2], of: 2) }
  }
}
