/// Transfers with libcurl, which is loaded when the first one is made.
///
/// URLSession of swift-corelibs-foundation, itself built on libcurl, ends the program on a Content-Length of 2^63 - 1, unpacks
/// what is sent packed, and receives as fast as it can into memory, whether or not anything is wanted. With libcurl itself
/// the caller decides when bytes come in. It is loaded rather than linked: its headers are not needed to build, and a
/// program that downloads nothing runs without it.
#ifndef JOINTVAE_CCURL_H
#define JOINTVAE_CCURL_H

#include <stddef.h>

/// Takes `size * count` bytes; another result than their number ends the transfer.
typedef size_t (*jointvae_curl_sink)(char *bytes, size_t size, size_t count, void *context);

/// A GET request and its answer.
typedef struct jointvae_transfer jointvae_transfer;

/// Why libcurl cannot be used; NULL when it can.
const char *jointvae_curl_problem(void);

/// Begins a transfer; NULL when there is no memory for it, or no libcurl.
///
/// Only http and https are spoken. Redirects are not followed, and nothing is unpacked. Proxies are those of the environment.
///
/// @param url the address.
/// @param headers lines such as `Range: bytes=7-`; copied.
/// @param header_count how many.
/// @param header takes the answer's header, a line a call.
/// @param body takes the answer's body.
/// @param context passed to both.
jointvae_transfer *jointvae_transfer_new(const char *url, const char *const *headers, size_t header_count,
                                         jointvae_curl_sink header, jointvae_curl_sink body, void *context);

/// Sends and receives what can be without waiting; 0 when the transfer is over.
int jointvae_transfer_advance(jointvae_transfer *transfer);

/// Waits until there is something to send or to receive, at most so long.
void jointvae_transfer_wait(jointvae_transfer *transfer, int milliseconds);

/// Whether a transfer that is over found no way to the server: no address for its name, or no connection.
int jointvae_transfer_is_unreachable(const jointvae_transfer *transfer);

/// What went wrong in a transfer that is over, in words that last as long as it; NULL when nothing did.
const char *jointvae_transfer_problem(const jointvae_transfer *transfer);

/// Ends the transfer, over or not.
void jointvae_transfer_free(jointvae_transfer *transfer);

#endif
