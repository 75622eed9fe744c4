import Foundation
import Hummingbird
import JointVAE
import JointVAEImages
import JointVAEModels
import JointVAEPictures

/// Sends drawings of a trained model as PNG.
///
///     swift run -c release DrawServer 8080
///     curl 'http://127.0.0.1:8080/samples?count=16&category=3' -o threes.png
@main
struct DrawServer {
  /// Images a request may ask for.
  static let countLimit = 4_096

  static func main() async throws {
    let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8080
    let model = try PretrainedModel.mnist.load()
    let router = Router()
    router.get("ping") { _, _ in "pong" }
    router.get("samples") { request, _ in
      try await samples(of: model, request.uri.queryParameters)
    }
    try await Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port))
    ).runService()
  }

  /// A grid of drawings. The model computes on a thread of its own; a client that leaves cancels the work.
  private static func samples(
    of model: JointVAEModel, _ query: Parameters
  ) async throws -> Response {
    let count = try number("count", in: query) ?? 16
    guard (1...countLimit).contains(count) else {
      throw HTTPError(.badRequest, message: "count is \(count); expected from 1 to \(countLimit)")
    }
    let fixed = try number("category", in: query).map { [FixedLatent.category($0)] } ?? []
    let seed = try number("seed", in: query) ?? 1
    let images: ImageBatch
    do {
      images = try await model.sample(count, fixing: fixed, seed: UInt64(max(0, seed)))
    } catch let error as ModelError {
      throw HTTPError(.badRequest, message: "\(error)")
    }
    let columns = max(1, Int(Double(count).squareRoot()))
    let bytes = try ImageGrid(columns: columns).picture(of: images.images).pngBytes()
    return Response(
      status: .ok, headers: [.contentType: "image/png"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func number(_ name: String, in query: Parameters) throws -> Int? {
    guard let text = query[Substring(name)] else { return nil }
    guard let number = Int(text) else {
      throw HTTPError(.badRequest, message: "\(name) is \(text); expected a whole number")
    }
    return number
  }
}
