using System.Buffers.Binary;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Records of NetFlow v1, v5 and v7, which have no template (Cisco, "NetFlow Export Datagram Format", tables
/// B-2, B-4 and B-6).</summary>
internal static class FixedRecord
{
    /// <summary>Length of a record of v5, in bytes.</summary>
    public const int Length5 = 48;

    /// <summary>Length of a record of v1 and v7.</summary>
    public const int Length = 52;

    private const int Flags5 = 37;
    private const int Flags1 = 40;

    /// <summary>Reads a record.</summary>
    /// <param name="version">Version, 1, 5 or 7.</param>
    /// <param name="bytes">A whole record.</param>
    /// <param name="record">Receives its values.</param>
    public static void Read(ushort version, ReadOnlySpan<byte> bytes, ExportRecord record)
    {
        record.Clear();
        record.Set(ExportField.Source4, Word(bytes, 0));
        record.Set(ExportField.Destination4, Word(bytes, 4));
        record.Set(ExportField.InputInterface, Short(bytes, 12));
        record.Set(ExportField.OutputInterface, Short(bytes, 14));
        record.Set(ExportField.Packets, Word(bytes, 16));
        record.Set(ExportField.Octets, Word(bytes, 20));
        record.Set(ExportField.FirstUptime, Word(bytes, 24));
        record.Set(ExportField.LastUptime, Word(bytes, 28));
        record.Set(ExportField.SourcePort, Short(bytes, 32));
        record.Set(ExportField.DestinationPort, Short(bytes, 34));
        record.Set(ExportField.Protocol, bytes[38]);
        record.Set(ExportField.Flags, bytes[version == 1 ? Flags1 : Flags5]);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
