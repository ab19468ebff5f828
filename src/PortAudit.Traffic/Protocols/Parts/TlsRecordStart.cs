using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A TLS record header (RFC 8446 §5.1) in a stream of another protocol that switched to TLS.</summary>
internal static class TlsRecordStart
{
    private const int HeaderLength = 5;
    private const byte ChangeCipherSpec = 20;
    private const byte ApplicationData = 23;

    /// <summary>True for the start of a record; <paramref name="length"/> is that of the whole record, which may exceed
    /// the bytes, or 0 while the header is incomplete.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.IsEmpty || bytes[0] is < ChangeCipherSpec or > ApplicationData || (bytes.Length > 1 && bytes[1] != 3)
            || (bytes.Length > 2 && bytes[2] > 4))
            return false;
        if (bytes.Length >= HeaderLength)
            length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        return true;
    }
}
