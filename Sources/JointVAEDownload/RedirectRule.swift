import Foundation
import JointVAEFiles

/// Which redirects are followed: to web addresses, never from https to http, and not without end.
package struct RedirectRule: Hashable, Sendable {
  /// How many are followed.
  package var limit: Int

  /// Follows `limit` redirects.
  package init(limit: Int) {
    self.limit = limit
  }

  /// Why redirect `number`, counted from 1, is not followed; nil when it is.
  package func refusal(of number: Int, from old: URL?, to new: URL?) -> String? {
    let scheme = new?.scheme?.lowercased()
    let isSafe = scheme == "https" || scheme == "http" && old?.scheme?.lowercased() == "http"
    guard isSafe else {
      return "redirects to \((new?.absoluteString ?? "").quoted), which is not safe to follow"
    }
    return number > limit ? "redirects more than \(limit) times" : nil
  }
}
