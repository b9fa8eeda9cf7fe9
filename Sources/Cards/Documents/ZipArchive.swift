import CZip
import Foundation

/// A ZIP archive in memory, its entries stored as they are: some readers of passes refuse packed ones.
enum ZipArchive {
    /// - Parameter date: of every entry.
    /// - Throws: ``CardsError`` `documentFailed`.
    static func make(_ files: [(name: String, bytes: [UInt8])], date: Date) throws(CardsError) -> [UInt8] {
        var error = zip_error_t()
        guard let archive = zip_source_buffer_create(nil, 0, 0, &error) else { throw failed(&error) }
        defer { zip_source_free(archive) }
        zip_source_keep(archive)
        guard let zip = zip_open_from_source(archive, ZIP_CREATE | ZIP_TRUNCATE, &error) else {
            zip_source_free(archive)
            throw failed(&error)
        }
        for file in files {
            do throws(CardsError) {
                try add(file, to: zip, date: date)
            } catch {
                zip_discard(zip)
                throw error
            }
        }
        guard zip_close(zip) == 0 else {
            let cause = String(cString: zip_strerror(zip))
            zip_discard(zip)
            throw CardsError(.documentFailed, "The pass cannot be packed.", cause: cause)
        }
        return try contents(of: archive)
    }

    private static func add(
        _ file: (name: String, bytes: [UInt8]), to zip: OpaquePointer, date: Date
    ) throws(CardsError) {
        // The library frees what it was given when it is done with it.
        guard let copy = malloc(max(1, file.bytes.count)) else { throw failed(zip) }
        file.bytes.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { memcpy(copy, base, bytes.count) }
        }
        guard let source = zip_source_buffer(zip, copy, zip_uint64_t(file.bytes.count), 1) else {
            free(copy)
            throw failed(zip)
        }
        let index = zip_file_add(zip, file.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw failed(zip)
        }
        let place = zip_uint64_t(index)
        guard zip_set_file_compression(zip, place, ZIP_CM_STORE, 0) == 0,
            zip_file_set_mtime(zip, place, time_t(date.timeIntervalSince1970), 0) == 0
        else { throw failed(zip) }
    }

    private static func contents(of archive: OpaquePointer) throws(CardsError) -> [UInt8] {
        var status = zip_stat_t()
        guard zip_source_stat(archive, &status) == 0, zip_source_open(archive) == 0 else {
            throw CardsError(.documentFailed, "The packed pass cannot be read back.")
        }
        defer { zip_source_close(archive) }
        var bytes = [UInt8](repeating: 0, count: Int(status.size))
        guard zip_source_read(archive, &bytes, zip_uint64_t(bytes.count)) == zip_int64_t(bytes.count) else {
            throw CardsError(.documentFailed, "The packed pass cannot be read back.")
        }
        return bytes
    }

    private static func failed(_ zip: OpaquePointer) -> CardsError {
        CardsError(.documentFailed, "The pass cannot be packed.", cause: String(cString: zip_strerror(zip)))
    }

    private static func failed(_ error: inout zip_error_t) -> CardsError {
        CardsError(.documentFailed, "The pass cannot be packed.", cause: String(cString: zip_error_strerror(&error)))
    }
}
