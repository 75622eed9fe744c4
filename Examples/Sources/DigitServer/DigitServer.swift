import FlyingFox
import Foundation
import JointVAE
import JointVAEImages
import JointVAEModels
import JointVAEPictures

/// Serves drawn digits to programs on this machine: `swift run -c release DigitServer 8080`.
@main
struct DigitServer {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count <= 1, let port = UInt16(words.first ?? "8080") else {
      FileHandle.standardError.write(Data("usage: DigitServer [PORT]\n".utf8))
      exit(64)
    }
    let model = try PretrainedModel.mnist.load()
    let names = try PretrainedModel.mnist.categoryNames()
    let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port))
    await server.appendRoute("GET /ping") { _ in .text("pong", .ok) }
    await server.appendRoute("GET /digits") { request in
      do {
        return try await digits(DigitRequest(request.query, names: names), from: model)
      } catch let error as DigitRequest.Problem {
        return .text(error.description, .badRequest)
      }
    }
    print("http://127.0.0.1:\(port)/digits?digit=3&count=64")
    // A program that reads this from a pipe sees it now.
    fflush(nil)
    try await server.run()
  }

  /// A PNG of some digits.
  ///
  /// The model computes on a thread of its own. The picture is made outside Swift's shared threads, too: other requests
  /// need them. A client that goes away cancels its task, and the model stops after the batch at hand.
  private static func digits(
    _ request: DigitRequest, from model: JointVAEModel
  ) async throws -> HTTPResponse {
    let fixed = request.category.map { [FixedLatent.category($0)] } ?? []
    let batch = try await model.sample(request.count, fixing: fixed, seed: request.seed)
    let png = try await outsideSharedThreads {
      let columns = max(1, Int(Double(batch.count).squareRoot().rounded(.up)))
      return try ImageGrid(columns: columns).picture(of: batch.images).pngBytes()
    }
    return HTTPResponse(
      statusCode: .ok, headers: [.contentType: "image/png"], body: Data(png))
  }

  private static func outsideSharedThreads<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global(qos: .utility).async {
        continuation.resume(with: Result(catching: work))
      }
    }
  }
}

extension HTTPResponse {
  /// A line of plain text.
  static func text(_ line: String, _ status: HTTPStatusCode) -> HTTPResponse {
    HTTPResponse(
      statusCode: status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: Data((line + "\n").utf8))
  }
}
