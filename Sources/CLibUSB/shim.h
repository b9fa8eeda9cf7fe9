#include <libusb.h>

/* libusb_set_option takes variable arguments, which Swift does not call. */
static inline void countertop_libusb_keep_quiet(libusb_context *context)
{
    libusb_set_option(context, LIBUSB_OPTION_LOG_LEVEL, LIBUSB_LOG_LEVEL_NONE);
}
