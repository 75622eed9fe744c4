// The README's example, word for word: what stands between the lines of dashes. ReadmeTests compares the two.
// ----
import JointVAE
import JointVAEData

func drawShapes() throws -> ImageBatch {
  let shapes = try ShapeGenerator(seed: 1).images(count: 2_000, size: 32)
  var configuration = TrainingConfiguration(
    imageShape: shapes.imageShape, latents: LatentSpec(continuous: 4, discrete: [4]))
  configuration.length = .epochs(2)
  let trainer = try Trainer(configuration: configuration)
  try trainer.train(on: shapes) { event in
    if case .epoch(let epoch) = event { print(epoch.epoch, epoch.training.loss) }
    return .proceed
  }
  return try trainer.model.sample(16, fixing: [.category(2)], seed: 1)
}
// ----
