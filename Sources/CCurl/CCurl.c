#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Names and numbers of libcurl's interface, which its makers keep: https://curl.se/libcurl/abi.html

enum {
  option_write_data = 10001,
  option_url = 10002,
  option_error_buffer = 10010,
  option_write_function = 20011,
  option_http_header = 10023,
  option_header_data = 10029,
  option_header_function = 20079,
  option_protocols = 181,
  option_suppress_connect_headers = 265,
  protocols_http_and_https = 3,
  global_all = 3,
  message_done = 1,
  error_size = 256,
};

struct message {
  int kind;
  void *easy;
  union {
    void *other;
    int result;
  } data;
};

static struct {
  int (*global_init)(long);
  void *(*easy_init)(void);
  int (*easy_setopt)(void *, int, ...);
  void (*easy_cleanup)(void *);
  const char *(*easy_strerror)(int);
  void *(*multi_init)(void);
  int (*multi_add_handle)(void *, void *);
  int (*multi_remove_handle)(void *, void *);
  int (*multi_perform)(void *, int *);
  int (*multi_poll)(void *, void *, unsigned, int, int *);
  struct message *(*multi_info_read)(void *, int *);
  int (*multi_cleanup)(void *);
  void *(*slist_append)(void *, const char *);
  void (*slist_free_all)(void *);
  const char *problem;
} curl;

static void load(void) {
  const char *const names[] = {
#ifdef __APPLE__
    "libcurl.4.dylib",
#else
    "libcurl.so.4", "libcurl-gnutls.so.4",
#endif
  };
  void *library = NULL;
  for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
    library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    curl.problem = "libcurl 4 is not there; install it, such as with apt-get install libcurl4";
    return;
  }
  const struct {
    const char *name;
    void **place;
  } functions[] = {
    {"curl_global_init", (void **)&curl.global_init},
    {"curl_easy_init", (void **)&curl.easy_init},
    {"curl_easy_setopt", (void **)&curl.easy_setopt},
    {"curl_easy_cleanup", (void **)&curl.easy_cleanup},
    {"curl_easy_strerror", (void **)&curl.easy_strerror},
    {"curl_multi_init", (void **)&curl.multi_init},
    {"curl_multi_add_handle", (void **)&curl.multi_add_handle},
    {"curl_multi_remove_handle", (void **)&curl.multi_remove_handle},
    {"curl_multi_perform", (void **)&curl.multi_perform},
    {"curl_multi_poll", (void **)&curl.multi_poll},
    {"curl_multi_info_read", (void **)&curl.multi_info_read},
    {"curl_multi_cleanup", (void **)&curl.multi_cleanup},
    {"curl_slist_append", (void **)&curl.slist_append},
    {"curl_slist_free_all", (void **)&curl.slist_free_all},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
    if (!(*functions[i].place = dlsym(library, functions[i].name))) {
      curl.problem = "libcurl is older than 7.66; install a later one";
      return;
    }
  if (curl.global_init(global_all) != 0) curl.problem = "libcurl cannot be initialized";
}

const char *jointvae_curl_problem(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return curl.problem;
}

struct jointvae_transfer {
  void *multi;
  void *easy;
  void *headers;
  int is_added;
  int is_over;
  int result;
  char error[error_size];
};

jointvae_transfer *jointvae_transfer_new(const char *url, const char *const *headers, size_t header_count,
                                         jointvae_curl_sink header, jointvae_curl_sink body, void *context) {
  if (jointvae_curl_problem()) return NULL;
  jointvae_transfer *transfer = calloc(1, sizeof *transfer);
  if (!transfer) return NULL;
  transfer->multi = curl.multi_init();
  transfer->easy = curl.easy_init();
  int is_whole = transfer->multi && transfer->easy;
  for (size_t i = 0; is_whole && i < header_count; i++) {
    void *longer = curl.slist_append(transfer->headers, headers[i]);
    if (longer) transfer->headers = longer;
    is_whole = longer != NULL;
  }
  void *easy = transfer->easy;
  is_whole = is_whole && curl.easy_setopt(easy, option_error_buffer, transfer->error) == 0 &&
             curl.easy_setopt(easy, option_url, url) == 0 &&
             curl.easy_setopt(easy, option_protocols, (long)protocols_http_and_https) == 0 &&
             curl.easy_setopt(easy, option_suppress_connect_headers, 1L) == 0 &&
             curl.easy_setopt(easy, option_http_header, transfer->headers) == 0 &&
             curl.easy_setopt(easy, option_header_function, header) == 0 &&
             curl.easy_setopt(easy, option_header_data, context) == 0 &&
             curl.easy_setopt(easy, option_write_function, body) == 0 &&
             curl.easy_setopt(easy, option_write_data, context) == 0;
  transfer->is_added = is_whole && curl.multi_add_handle(transfer->multi, easy) == 0;
  if (transfer->is_added) return transfer;
  jointvae_transfer_free(transfer);
  return NULL;
}

int jointvae_transfer_advance(jointvae_transfer *transfer) {
  if (transfer->is_over) return 0;
  int running = 0;
  if (curl.multi_perform(transfer->multi, &running) != 0) {
    strcpy(transfer->error, "libcurl cannot go on");
    transfer->is_over = transfer->result = 1;
    return 0;
  }
  if (running > 0) return 1;
  transfer->is_over = 1;
  int rest = 0;
  for (struct message *message; (message = curl.multi_info_read(transfer->multi, &rest));)
    if (message->kind == message_done) transfer->result = message->data.result;
  return 0;
}

void jointvae_transfer_wait(jointvae_transfer *transfer, int milliseconds) {
  int count = 0;
  if (!transfer->is_over) curl.multi_poll(transfer->multi, NULL, 0, milliseconds, &count);
}

int jointvae_transfer_is_unreachable(const jointvae_transfer *transfer) {
  // CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT.
  return transfer && transfer->result >= 5 && transfer->result <= 7;
}

const char *jointvae_transfer_problem(const jointvae_transfer *transfer) {
  if (transfer->result == 0) return NULL;
  return transfer->error[0] ? transfer->error : curl.easy_strerror(transfer->result);
}

void jointvae_transfer_free(jointvae_transfer *transfer) {
  if (transfer->is_added) curl.multi_remove_handle(transfer->multi, transfer->easy);
  if (transfer->easy) curl.easy_cleanup(transfer->easy);
  if (transfer->multi) curl.multi_cleanup(transfer->multi);
  if (transfer->headers) curl.slist_free_all(transfer->headers);
  free(transfer);
}
