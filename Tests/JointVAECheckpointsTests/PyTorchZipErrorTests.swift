import JointVAECheckpoints
import JointVAEFiles
import Testing

@Suite("Zip files that are no good PyTorch checkpoints")
struct PyTorchZipErrorTests {
  static let pickle = ZipEntry(
    name: "x/data.pkl",
    contents: PickleBytes.dictionary { $0.tensor(shape: [6], strides: [1]) }.bytes)
  static let storage = ZipEntry(
    name: "x/data/0", contents: littleEndian((0..<6).map { Float($0) }))

  static func changed(_ entry: ZipEntry, _ change: (inout ZipEntry) -> Void) -> ZipEntry {
    var result = entry
    change(&result)
    return result
  }

  static let damages: [DamagedCheckpoint] = [
    DamagedCheckpoint(Array("PK".utf8), "is a damaged zip file: the end record is missing"),
    DamagedCheckpoint(zipBytes([]), "it is a zip file with 0 entries data.pkl; expected one"),
    DamagedCheckpoint(zipBytes([storage]), "it is a zip file with 0 entries data.pkl"),
    DamagedCheckpoint(
      zipBytes([pickle, changed(pickle) { $0.name = "y/data.pkl" }]), "with 2 entries data.pkl"),
    DamagedCheckpoint(zipBytes([pickle]), "tensor \"w\" needs storage \"0\", which is missing"),
    DamagedCheckpoint(
      zipBytes([pickle, changed(storage) { $0.contents.removeLast() }]),
      "storage \"0\" of tensor \"w\" has 23 bytes; expected those of 6 elements"),
    DamagedCheckpoint(
      zipBytes([pickle, storage, ZipEntry(name: "x/byteorder", contents: Array("big".utf8))]),
      "was written on a big-endian machine"),
    DamagedCheckpoint(
      zipBytes([pickle, changed(storage) { $0.method = 8 }]),
      "entry \"x/data/0\" is compressed (method 8); expected stored, as torch.save writes"),
    DamagedCheckpoint(
      zipBytes([pickle, changed(storage) { $0.flags = 1 }]), "entry \"x/data/0\" is encrypted"),
    DamagedCheckpoint(
      zipBytes([pickle, changed(storage) { $0.checksum = 1 }]),
      "the checksum of entry \"x/data/0\" is wrong"),
    DamagedCheckpoint(zipBytes([pickle, storage, storage]), "it has two entries \"x/data/0\""),
    DamagedCheckpoint(
      zipBytes([pickle, changed(storage) { $0.offset = 1 }]),
      "entry \"x/data/0\" does not stand at byte 1"),
    DamagedCheckpoint(
      zipBytes([pickle, changed(storage) { $0.offset = 0xffff_fff0 }]), "a part is said to start at"
    ),
    DamagedCheckpoint(
      zipBytes([pickle, changed(storage) { $0.size = 100_000 }]),
      "it ends early: 100000 more bytes are needed"),
    DamagedCheckpoint(
      zipBytes([pickle, changed(storage) { $0.size = 0xffff_ffff }]),
      "it ends early: 4294967295 more bytes are needed"),
    DamagedCheckpoint(zipBytes([pickle, storage], count: 3), "expected an entry of the directory"),
    DamagedCheckpoint(
      zipBytes([pickle, storage], count: .max, isWide: true), "expected an entry of the directory"),
    DamagedCheckpoint(
      zipBytes(
        (0..<9).map { number in
          ZipEntry(
            name: "\(number)", contents: number == 0 ? [UInt8](repeating: 7, count: 1000) : [],
            checksum: zipChecksum([UInt8](repeating: 7, count: 1000)), offset: 0, size: 1000)
        }), "its entries together are longer than the file"),
    DamagedCheckpoint(
      zipBytes([changed(pickle) { $0.contents = [0x80, 2, 0x63] }, storage]),
      "is no checkpoint of tensors (byte 3 of its pickle): it ends early"),
  ]

  @Test("are refused by what is wrong", arguments: damages)
  func damage(_ damage: DamagedCheckpoint) {
    do {
      _ = try PyTorchCheckpoint(bytes: damage.bytes, named: "model.pt")
      Issue.record("was accepted")
    } catch let error as FileError {
      #expect(error.problem.contains(damage.problem), "\(error)")
    } catch {
      Issue.record(error)
    }
  }

  @Test("differ from one made in the same way, with or without a comment and 64-bit records")
  func control() throws {
    let files = [
      zipBytes([Self.pickle, Self.storage]),
      zipBytes([Self.storage, Self.pickle], comment: "PK\u{5}\u{6} is how an end record begins"),
      zipBytes([Self.pickle, Self.storage], isWide: true),
    ]
    for bytes in files {
      let tensor = try PyTorchCheckpoint(bytes: bytes, named: "x")["w"]
      #expect(tensor?.floats == [0, 1, 2, 3, 4, 5])
    }
  }
}
