import Foundation
import JointVAEDownload
import TestSupport
import Testing

@Suite("The known downloads")
struct KnownDownloadTests {
  @Test("are web addresses of files with a name and a checksum of the right length")
  func table() throws {
    #expect(KnownDownload.all.map(\.dataSet) == ["mnist", "fashion-mnist", "dsprites"])
    for file in KnownDownload.all.flatMap(\.files) {
      let (name, download) = (file.name, file.download)
      #expect(download.mirrors.count == 2, "\(name)")
      for mirror in download.mirrors {
        let url = try #require(URL(string: mirror))
        #expect(["http", "https"].contains(url.scheme))
        #expect(url.lastPathComponent == name)
      }
      #expect(download.mirrors[0].hasPrefix("https://"))
      let length =
        switch download.checksum {
        case .sha256: 64
        case .md5: 32
        }
      #expect(download.checksum.digest.wholeMatch(of: /[0-9a-f]+/) != nil, "\(name)")
      #expect(download.checksum.digest.count == length, "\(name)")
    }
    let digests = KnownDownload.all.flatMap(\.files).map(\.download.checksum)
    #expect(Set(digests).count == digests.count)
    #expect(KnownDownload.all[0].byteCount == 11_594_722)
    #expect(KnownDownload.all[2].byteCount == nil)
  }

  @Test(
    "name the labels of Fashion-MNIST as they are",
    .enabled(
      if: SharedFiles.data.has("fashion-mnist/train-labels-idx1-ubyte.gz"),
      "no fashion-mnist folder under JOINTVAE_DATA"))
  func labels() throws {
    // Of MNIST, and of the images, the folder holds the same numbers packed anew.
    for file in KnownDownload.all[1].files where file.name.contains("labels") {
      #expect(try file.download.isSaved(at: SharedFiles.data.path("fashion-mnist/\(file.name)")))
    }
  }
}
