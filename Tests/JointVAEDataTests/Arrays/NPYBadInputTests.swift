import JointVAEData
import JointVAEFiles
import JointVAEKernels
import TestSupport
import Testing

/// A file that is no .npy file of images, and what is said of it.
struct BadNPY: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: [UInt8]
  var problem: String
  var testDescription: String { name }

  private static let shapes =
    "; expected images as (N, height, width), (N, height, width, 1 or 3) or (N, pixels of a square), "
    + "sides of 1 to 8192"
  private static let types = "b1, u1, i1, u2, i2, u4, i4, u8, i8, f2, f4, f8"

  private static func header(_ dictionary: String) -> [UInt8] {
    NPYBytes.file(dictionary: dictionary, values: [1, 2, 3, 4])
  }

  private static func shape(_ name: String, _ shape: [Int], _ problem: String) -> BadNPY {
    BadNPY(
      name: name, bytes: NPYBytes.file("|u1", shape, values: [1, 2, 3, 4]), problem: problem)
  }

  private static func floats(_ name: String, _ values: [Float], _ problem: String) -> BadNPY {
    BadNPY(
      name: name, bytes: NPYBytes.file("<f4", [2, 1, 2], values: NPYBytes.bytes(values)),
      problem: problem)
  }

  static let all = [
    BadNPY(
      name: "empty", bytes: [], problem: "is empty; expected an array as numpy.save writes it"),
    BadNPY(
      name: "text", bytes: Array("1,2,3,4,5\n".utf8),
      problem: "is not a NumPy array; expected an array as numpy.save writes it"),
    BadNPY(
      name: "version 4",
      bytes: NPYBytes.file("|u1", [1, 2, 2], version: 4, values: [1, 2, 3, 4]),
      problem: "is a .npy file of version 4.0; expected 1 to 3"),
    BadNPY(
      name: "ends in the length", bytes: Array(header("{}").prefix(9)),
      problem: "ends within its header; fetch it again"),
    BadNPY(
      name: "ends in the header", bytes: Array(header("{}").prefix(20)),
      problem: "ends within its header, after 10 of 54 bytes; fetch it again"),
    BadNPY(
      name: "a header of 4 GB",
      bytes: [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255, 0],
      problem: "has a header of 4294967295 bytes; expected at most 65536"),
    BadNPY(
      name: "Fortran order",
      bytes: header("{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2, 2), }"),
      problem: "is in Fortran order; expected C order: convert it in Python with "
        + "numpy.ascontiguousarray(array) and save it again"),
    BadNPY(
      name: "objects",
      bytes: header("{'descr': '|O', 'fortran_order': False, 'shape': (1, 2, 2), }"),
      problem: "has elements of type \"|O\", Python objects, which are not read; expected one of "
        + "\(types): make an array of numbers in Python with "
        + "numpy.stack(array).astype('float32') and save it again"),
    BadNPY(
      name: "texts",
      bytes: header("{'descr': '<U5', 'fortran_order': False, 'shape': (1, 2, 2), }"),
      problem:
        "claims to hold (1, 2, 2) elements of 20 bytes, but has room for at most 132 bytes; it is "
        + "cut off or damaged, fetch it again"),
    BadNPY(
      name: "bytes of text",
      bytes: header("{'descr': '|S1', 'fortran_order': False, 'shape': (1, 2, 2), }"),
      problem: "has elements of type \"|S1\", texts; expected numbers, of type \(types)"),
    BadNPY(
      name: "the byte order of another machine",
      bytes: header("{'descr': '=f4', 'fortran_order': False, 'shape': (1, 2, 2), }"),
      problem: "has elements of type \"=f4\"; expected one of \(types): convert it in Python with "
        + "array.astype('float64') and save it again"),
    BadNPY(
      name: "extended precision",
      bytes: header("{'descr': '<f16', 'fortran_order': False, 'shape': (1, 2, 2), }"),
      problem: "has elements of type \"<f16\"; expected one of \(types): convert it in Python with "
        + "array.astype('float64') and save it again"),
    BadNPY(
      name: "a structured type",
      bytes: header(
        "{'descr': [('x', '<f4', (2,)), ('y', '|u1')], 'fortran_order': False, 'shape': (1,), }"),
      problem:
        "has elements of type \"[('x', '<f4', (2,)), ('y', '|u1')]\", several fields; expected "
        + "one of \(types): save the field of the images alone, such as array['image'], in Python"),
    BadNPY(
      name: "complex numbers",
      bytes: header("{'descr': '<c8', 'fortran_order': False, 'shape': (1, 2, 2), }"),
      problem: "has elements of type \"<c8\", complex numbers; expected one of \(types): save "
        + "array.real, array.imag or abs(array) in Python"),
    shape("one axis", [4], "has an array of shape (4,)\(shapes)"),
    shape("no axis", [], "has an array of shape ()\(shapes)"),
    shape("no square", [2, 2], "has an array of shape (2, 2)\(shapes)"),
    shape("no pixels", [4, 0, 1], "has an array of shape (4, 0, 1)\(shapes)"),
    shape("no images", [0, 2, 2], "holds no images; expected at least one"),
    shape("five axes", [1, 1, 1, 2, 2], "has an array of shape (1, 1, 1, 2, 2)\(shapes)"),
    BadNPY(
      name: "channels first",
      bytes: NPYBytes.file("|u1", [1, 3, 2, 2], values: [UInt8](repeating: 0, count: 12)),
      problem: "has an array of shape (1, 3, 2, 2)\(shapes): put the channels last in Python with "
        + "array.transpose(0, 2, 3, 1)"),
    shape(
      "2^62 images", [1 << 62, 2, 2],
      "claims to hold (4611686018427387904, 2, 2) elements of 1 bytes, but has room for at most 132 "
        + "bytes; it is cut off or damaged, fetch it again"),
    shape(
      "a product that overflows to little", [1 << 32, 1 << 31, 2],
      "claims to hold (4294967296, 2147483648, 2) elements of 1 bytes, but has room for at most 132 "
        + "bytes; it is cut off or damaged, fetch it again"),
    shape(
      "cut off", [5, 1, 1],
      "claims to hold (5, 1, 1) elements of 1 bytes, but has room for at most 132 bytes; it is cut "
        + "off or damaged, fetch it again"),
    shape(
      "too long", [3, 1, 1],
      "goes on after the 3 images of its header; it is damaged, fetch it again"),
    floats(
      "no number", [0, .nan, 0.5, 0.5],
      "has the value nan in image 0, counted from 0; expected finite numbers"),
    floats(
      "infinity", [0, 1, 0.5, .infinity],
      "has the value inf in image 1, counted from 0; expected finite numbers"),
    BadNPY(
      name: "a truth value of 2", bytes: NPYBytes.file("|b1", [1, 2, 2], values: [0, 1, 2, 1]),
      problem:
        "has the truth value 2 in image 0, counted from 0; expected 0 or 1: it is damaged, fetch "
        + "it again"),
  ]

  /// Headers that are no dictionary of the three keys.
  static let headers = [
    "", "{", "{}", "{'descr': '|u1'}", "{'descr': '|u1', 'fortran_order': False}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2), 'more': 1}",
    "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2)}",
    "{'descr': '|u1', 'fortran_order': 0, 'shape': (1, 2, 2)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': [1, 2, 2]}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 2, 2)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1 2 2)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2)} + {}",
    "{'descr': '|u\\x31', 'fortran_order': False, 'shape': (1, 2, 2)}",
    "{'descr': '|u1, 'fortran_order': False, 'shape': (1, 2, 2)}",
    "{'descr': [('x', '|u1'), 'fortran_order': False, 'shape': (1, 2, 2)}",
    "{'descr': |u1, 'fortran_order': False, 'shape': (1, 2, 2)}",
    "{'descr': '|u1' 'fortran_order': False, 'shape': (1, 2, 2)}",
    "__import__('os').system('true')",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (\(String(repeating: "1,", count: 40)))}",
  ]
}

@Suite("A bad .npy file")
struct NPYBadInputTests {
  @Test("is refused with what is wrong and what to do", arguments: BadNPY.all)
  func refused(_ bad: BadNPY) {
    #expect(throws: FileError("file", bad.problem)) {
      try pixels(NPYImages(source: MemoryBytes(bad.bytes)))
    }
  }

  @Test("whose header is another text is refused with the place", arguments: BadNPY.headers)
  func header(_ text: String) {
    let file = NPYBytes.file(dictionary: text, values: [1, 2, 3, 4])
    do {
      _ = try NPYImages(source: MemoryBytes(file))
      Issue.record("was read")
    } catch let error as FileError {
      #expect(error.problem.hasPrefix("has a header that is no .npy header: expected "))
      #expect(error.problem.hasSuffix("; it is damaged, fetch it again"))
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("that ends early though its size was not known is refused with the image")
  func endsEarly() throws {
    let file = NPYBytes.file("|u1", [3, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let promising = PromisingBytes(file)
    #expect(
      throws: FileError("file", "ends within image 2 of 3; it is cut off, fetch it again")
    ) { try pixels(NPYImages(source: promising)) }
  }
}

/// Bytes that might be more, as those of a packed file.
final class PromisingBytes: ByteSource {
  let path = "file"
  let largestByteCount = Int.max
  private let bytes: MemoryBytes

  init(_ bytes: [UInt8]) { self.bytes = MemoryBytes(bytes) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try bytes.read(into: buffer)
  }
}

@Suite(".npy files damaged at random")
struct NPYFuzzTests {
  @Test("are read or refused with an error about the file, never worse")
  func mutations() throws {
    var random = RandomSequence(state: Fuzzing.environment.seed(22))
    let words = ["(", ")", ",", "'", "{", "}", "0", "99999999999", "True", "[", "<f8", "L", "<u2"]
    var accepted = 0
    let rounds = Fuzzing.environment.rounds(4000, parts: 2) {
      let type = ["|u1", "<f4", "<u2", "|b1"][random.number(below: 4)]
      let whole = NPYBytes.file(type, [3, 2, 2], values: [UInt8](repeating: 1, count: 48))
      let bytes = damaged(whole, words: words, using: &random)
      do {
        let images = try NPYImages(source: PromisingBytes(bytes))
        let length = images.imageByteCount
        #expect(try pixels(images).count == length * (images.count ?? 0), "\(bytes)")
        accepted += 1
      } catch is FileError {
      } catch is ScaleRefuted {
      } catch {
        Issue.record("\(error) of \(bytes)")
      }
    }
    #expect(accepted < rounds / 5 * 4)
  }
}
