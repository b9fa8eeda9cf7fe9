/* The least that a program can do that reads scanners over libusb: it takes every device of one model, keeps a transfer pending
 * on its first interrupt IN endpoint, and waits in libusb. An edge at rest is compared with it.
 *     idle VENDOR PRODUCT COUNT
 * It prints "ready" when it reads COUNT devices. Numbers are hexadecimal but for the last. */
#include <libusb.h>
#include <stdio.h>
#include <stdlib.h>

static void came(struct libusb_transfer *transfer) {
    if (transfer->status == LIBUSB_TRANSFER_COMPLETED) libusb_submit_transfer(transfer);
}

/* The first interrupt IN endpoint of interface 0; 0 when there is none. */
static unsigned char endpoint_of(libusb_device *device) {
    struct libusb_config_descriptor *configuration;
    unsigned char found = 0;
    if (libusb_get_active_config_descriptor(device, &configuration)) return 0;
    const struct libusb_interface_descriptor *interface = &configuration->interface[0].altsetting[0];
    for (int i = 0; i < interface->bNumEndpoints && !found; i++)
        if (interface->endpoint[i].bEndpointAddress & 0x80) found = interface->endpoint[i].bEndpointAddress;
    libusb_free_config_descriptor(configuration);
    return found;
}

static int take(libusb_device *device) {
    libusb_device_handle *handle;
    unsigned char endpoint = endpoint_of(device);
    unsigned char *buffer = malloc(64);
    struct libusb_transfer *transfer = libusb_alloc_transfer(0);
    if (!endpoint || !buffer || !transfer || libusb_open(device, &handle)) return 0;
    libusb_set_auto_detach_kernel_driver(handle, 1);
    if (libusb_claim_interface(handle, 0)) return 0;
    libusb_fill_interrupt_transfer(transfer, handle, endpoint, buffer, 64, came, NULL, 0);
    return libusb_submit_transfer(transfer) == 0;
}

int main(int count, char **words) {
    libusb_device **devices;
    int taken = 0;
    if (count != 4 || libusb_init(NULL)) return 1;
    unsigned vendor = strtoul(words[1], NULL, 16), product = strtoul(words[2], NULL, 16);
    ssize_t found = libusb_get_device_list(NULL, &devices);
    for (ssize_t i = 0; i < found; i++) {
        struct libusb_device_descriptor descriptor;
        if (!libusb_get_device_descriptor(devices[i], &descriptor) && descriptor.idVendor == vendor &&
            descriptor.idProduct == product)
            taken += take(devices[i]);
    }
    libusb_free_device_list(devices, 1);
    if (taken != atoi(words[3])) {
        fprintf(stderr, "idle: %d devices of %s were taken\n", taken, words[3]);
        return 1;
    }
    puts("ready");
    fflush(stdout);
    while (!libusb_handle_events(NULL)) {}
    return 1;
}
