#include <curl/curl.h>

/* Swift calls no function with a variable number of arguments: one of each type that curl_easy_setopt(3) takes. */
static inline CURLcode countertop_curl_set_text(CURL *curl, CURLoption option, const char *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode countertop_curl_set_number(CURL *curl, CURLoption option, long value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode countertop_curl_set_list(CURL *curl, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode countertop_curl_set_pointer(CURL *curl, CURLoption option, void *value) {
    return curl_easy_setopt(curl, option, value);
}

typedef size_t (*countertop_curl_read)(char *buffer, size_t size, size_t items, void *context);

static inline CURLcode countertop_curl_set_read(CURL *curl, countertop_curl_read read) {
    return curl_easy_setopt(curl, CURLOPT_READFUNCTION, read);
}

static inline CURLcode countertop_curl_response_code(CURL *curl, long *code) {
    return curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, code);
}
