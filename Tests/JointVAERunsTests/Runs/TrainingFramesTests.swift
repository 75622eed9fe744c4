import JointVAERuns
import Testing

@Suite("Frames of training.gif") struct TrainingFramesTests {
  @Test("are those of all early epochs, and fewer and fewer of later ones")
  func chosen() {
    #expect((1...64).allSatisfy(FrameEpochs.contains))
    #expect((65...128).filter(FrameEpochs.contains) == Array(stride(from: 66, through: 128, by: 2)))
    #expect((129...256).filter(FrameEpochs.contains).count == 32)
    #expect((1...4_000).count(where: FrameEpochs.contains) < 270)
  }
}
