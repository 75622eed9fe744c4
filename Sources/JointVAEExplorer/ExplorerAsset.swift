import CExplorer
import Foundation

/// A file of the folder Assets, which the build puts into the program.
enum ExplorerAsset: CaseIterable {
  /// explorer.css: how the page looks.
  case style
  /// body.html: its parts.
  case body
  /// engine.js: numbers; it runs in a worker of the page, and in node for tests.
  case engine
  /// base.js: models, calls of the engine, pictures in canvases.
  case base
  /// drawing.js: the canvas that a reader draws on.
  case drawing
  /// code.js: sliders and categories.
  case code
  /// gallery.js: samples, moving pictures, blends, models side by side.
  case gallery
  /// map.js: the data set, or decoded images, on a plane of the latent space.
  case map
  /// tour.js: five steps with the model's own numbers.
  case tour
  /// main.js: begins everything.
  case main

  /// The scripts of the page in their order; they share one scope.
  static let scripts: [ExplorerAsset] = [.base, .drawing, .code, .gallery, .map, .tour, .main]

  /// The file's text.
  var text: String {
    let bytes =
      switch self {
      case .style: PackageResources.explorer_css
      case .body: PackageResources.body_html
      case .engine: PackageResources.engine_js
      case .base: PackageResources.base_js
      case .drawing: PackageResources.drawing_js
      case .code: PackageResources.code_js
      case .gallery: PackageResources.gallery_js
      case .map: PackageResources.map_js
      case .tour: PackageResources.tour_js
      case .main: PackageResources.main_js
      }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The engine of the page as a WebAssembly module.
package enum ExplorerEngine: CaseIterable {
  /// For browsers with vector instructions.
  case vector
  /// For those without.
  case scalar

  /// The file, as scripts/explorer/build.sh made it.
  package var bytes: [UInt8] {
    let engine =
      switch self {
      case .vector: jointvae_engine_vector
      case .scalar: jointvae_engine_scalar
      }
    return Array(UnsafeBufferPointer(start: engine.bytes, count: engine.count))
  }

  /// What the page's script calls it.
  package var name: String {
    switch self {
    case .vector: "engine-vector"
    case .scalar: "engine-scalar"
    }
  }
}

extension Sequence<UInt8> {
  /// Base64 (RFC 4648), which holds no markup.
  var base64: String { Data(self).base64EncodedString() }
}
