using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Tls;

namespace PortAudit.Traffic.Observation;

/// <summary>Names the TLS records at the start of a payload (RFC 8446 §5.1, RFC 5246 §6.2.1).</summary>
internal static class TlsWords
{
    /// <summary>Records named; a segment seldom holds more.</summary>
    private const int MaximumRecords = 6;

    private const int MessageHeader = 4;

    /// <summary>The records; empty when there is none.</summary>
    public static string Of(ReadOnlySpan<byte> payload)
    {
        var names = new List<string>();
        while (names.Count < MaximumRecords && TlsRecord.TryParse(payload, out var record, out _))
        {
            names.Add(Name(record));
            payload = record.IsCut ? [] : payload[record.TotalLength..];
        }

        return names.Count == 0 ? "" : $"TLS {string.Join(", ", names)}";
    }

    private static string Name(in TlsRecord record) => record.Content switch
    {
        TlsContent.ChangeCipherSpec => "change cipher spec",
        TlsContent.Alert => Alert(record.Fragment),
        TlsContent.Handshake => Handshake(record),
        TlsContent.ApplicationData => "application data",
    };

    private static string Alert(ReadOnlySpan<byte> fragment) => fragment switch
    {
        [1 or 2, 0] => "alert: close notify",
        [2, var description] => $"fatal alert {description}",
        [1, var description] => $"warning alert {description}",
        _ => "alert, encrypted",
    };

    /// <summary>A message whose length differs from its record's is encrypted, or one of several in the
    /// record.</summary>
    private static string Handshake(in TlsRecord record)
    {
        var fragment = record.Fragment;
        var length = fragment.Length < MessageHeader
            ? int.MaxValue
            : BinaryPrimitives.ReadInt32BigEndian(fragment) & 0x00FF_FFFF;
        if (length > record.TotalLength - TlsRecord.HeaderLength - MessageHeader)
            return "handshake";
        return fragment[0] switch
        {
            1 => "client hello",
            2 => "server hello",
            4 => "new session ticket",
            11 => "certificate",
            12 => "server key exchange",
            13 => "certificate request",
            14 => "server hello done",
            15 => "certificate verify",
            16 => "client key exchange",
            20 => "finished",
            _ => "handshake",
        };
    }
}
