/// The instructions of the pickle format that PyTorch writes for checkpoints of plain values, in protocols 2 to 5.
///
/// Python's Lib/pickletools.py defines all of them.
enum PickleOpcode: UInt8 {
  case mark = 0x28  // (
  case pop = 0x30  // 0
  case popMark = 0x31  // 1
  case stop = 0x2e  // .
  case none = 0x4e  // N
  case newTrue = 0x88
  case newFalse = 0x89
  case integer4 = 0x4a  // J
  case integer1 = 0x4b  // K
  case integer2 = 0x4d  // M
  case long1 = 0x8a
  case long4 = 0x8b
  case float = 0x47  // G
  case byteString1 = 0x55  // U
  case byteString4 = 0x54  // T
  case string4 = 0x58  // X
  case string1 = 0x8c
  case string8 = 0x8d
  case bytes1 = 0x43  // C
  case bytes4 = 0x42  // B
  case bytes8 = 0x8e
  case byteArray8 = 0x96
  case emptyTuple = 0x29  // )
  case tuple = 0x74  // t
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case emptyList = 0x5d  // ]
  case append = 0x61  // a
  case appends = 0x65  // e
  case emptyDictionary = 0x7d  // }
  case setItem = 0x73  // s
  case setItems = 0x75  // u
  case emptySet = 0x8f
  case addItems = 0x90
  case frozenSet = 0x91
  case put1 = 0x71  // q
  case put4 = 0x72  // r
  case memoize = 0x94
  case get1 = 0x68  // h
  case get4 = 0x6a  // j
  case global = 0x63  // c
  case stackGlobal = 0x93
  case reduce = 0x52  // R
  case newObject = 0x81
  case newObjectWithNames = 0x92
  case build = 0x62  // b
  case persistentID = 0x51  // Q
  case `protocol` = 0x80
  case frame = 0x95

  /// Reads the next instruction.
  /// - Throws: `MalformedData` naming it, when it is none of these.
  init(from cursor: inout ByteCursor) throws {
    let byte = try cursor.readByte()
    guard let opcode = Self(rawValue: byte) else {
      let name = Self.refusedNames[byte].map { "the instruction \($0)" }
      throw MalformedData(
        "it holds \(name ?? "the unknown instruction \(byte)"), which no state_dict of tensors needs"
      )
    }
    self = opcode
  }

  /// Python's names of the instructions that are not followed.
  private static let refusedNames: [UInt8: String] = [
    0x32: "DUP", 0x46: "FLOAT", 0x49: "INT", 0x4c: "LONG", 0x50: "PERSID", 0x53: "STRING",
    0x56: "UNICODE", 0x64: "DICT", 0x67: "GET", 0x69: "INST", 0x6c: "LIST", 0x6f: "OBJ",
    0x70: "PUT", 0x82: "EXT1", 0x83: "EXT2", 0x84: "EXT4", 0x97: "NEXT_BUFFER",
    0x98: "READONLY_BUFFER",
  ]
}
