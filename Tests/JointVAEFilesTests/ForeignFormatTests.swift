import JointVAEFiles
import Testing

@Suite("Files that people take for data")
struct ForeignFormatTests {
  static let files: [(start: String, name: String, advice: String)] = [
    ("MATLAB 5.0 MAT-file, Platform: GLNXA64", "a MATLAB file", "scipy.io.loadmat"),
    ("MATLAB 7.3 MAT-file, Platform: GLNXA64", "a MATLAB file", "h5py"),
    ("PAR1\u{15}\u{4}", "a Parquet file", "pandas.read_parquet"),
    ("Rar!\u{1a}\u{7}\u{1}", "a RAR archive", "unpack it"),
    ("BZh91AY", "a bzip2 file", "unpack it"),
    (
      "version https://git-lfs.github.com/spec/v1\noid sha256:", "a Git LFS pointer", "git lfs pull"
    ),
    ("<!DOCTYPE html><title>Sign in</title>", "an HTML page", "download it again"),
  ]

  @Test("are recognized by their first bytes, with what to do")
  func texts() {
    for file in Self.files {
      let format = FileFormat(Array(file.start.utf8))
      #expect(format?.description == file.name)
      #expect(format?.advice?.contains(file.advice) == true)
      #expect(format?.isForeign == true)
      #expect(format?.isImage == false)
    }
  }

  @Test("are recognized by bytes that are no text")
  func bytes() {
    let files: [([UInt8], FileFormat)] = [
      ([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0], .hdf5),
      ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4], .sevenZip),
      ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4], .xz), ([0x28, 0xb5, 0x2f, 0xfd, 4], .zstandard),
    ]
    for (bytes, format) in files {
      #expect(FileFormat(bytes) == format)
      #expect(format.advice != nil)
    }
    #expect(FileFormat.pickle.advice?.contains("pickle.load") == true)
    #expect(FileFormat.png.advice == nil && !FileFormat.png.isForeign)
  }
}
