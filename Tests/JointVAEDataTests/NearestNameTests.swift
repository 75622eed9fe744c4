import JointVAEFiles
import Testing

@Suite("The nearest name")
struct NearestNameTests {
  @Test("are those the fewest edits away")
  func nearest() {
    let names = ["shapes", "mnist", "fashion-mnist"]
    #expect(NearestName.of("mnits", among: names) == "mnist")
    #expect(NearestName.of("MNIST", among: names) == "mnist")
    #expect(NearestName.of("fashon_mnist", among: names) == "fashion-mnist")
    #expect(NearestName.of("shape", among: names) == "shapes")
    #expect(NearestName.of("cifar-10", among: names) == nil)
    #expect(NearestName.of("", among: names) == nil)
    #expect(NearestName.of("mnist", among: []) == nil)
  }

  @Test("count insertions, deletions and replacements")
  func editCounts() {
    #expect(NearestName.editCount("kitten", "sitting") == 3)
    #expect(NearestName.editCount("", "abc") == 3)
    #expect(NearestName.editCount("abc", "") == 3)
    #expect(NearestName.editCount("flaw", "lawn") == 2)
    #expect(NearestName.editCount("same", "same") == 0)
  }
}
