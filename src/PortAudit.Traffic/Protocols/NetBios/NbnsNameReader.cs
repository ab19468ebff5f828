using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Dns;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>Reads the NetBIOS name service: names registered, refreshed and resolved, and hosts' own name tables (RFC
/// 1002 §4.2). Excludes group names.</summary>
internal sealed class NbnsNameReader : INameReader
{
    /// <summary>Questions and records read per message: usually one of each.</summary>
    public const int MaximumEntries = 16;

    private const int HeaderLength = 12;
    private const int QuestionTail = 4;
    private const int RecordTail = 10;
    private const ushort GeneralName = 0x20;
    private const ushort NodeStatus = 0x21;
    private const ushort GroupFlag = 0x8000;
    private const int AddressEntryLength = 6;
    private const int StatusEntryLength = NetBiosName.Length + 2;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, NameNotes notes)
    {
        var message = payload.Datagram;
        if (payload.IsStream || message.Length < HeaderLength
            || !BringsNames(BinaryPrimitives.ReadUInt16BigEndian(message[2..])))
            return payload.IsStream;
        var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        var entries = questions + BinaryPrimitives.ReadUInt16BigEndian(message[6..])
            + BinaryPrimitives.ReadUInt16BigEndian(message[8..]) + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        var rest = message[HeaderLength..];
        for (var i = 0; i < Math.Min(entries, MaximumEntries); i++)
        {
            var name = rest;
            if (DnsName.Skip(message, ref rest) != ParseError.None
                || rest.Length < (i < questions ? QuestionTail : RecordTail))
                return false;
            if (i < questions)
                rest = rest[QuestionTail..];
            else if (!TryTakeRecord(message, name, ref rest, payload.Sender, notes))
                return false;
        }

        return false;
    }

    /// <summary>Successful query, registration, refresh (both numbers), and multi-homed registration (§4.2.1.1;
    /// [MS-NBTE] 2.2.1).</summary>
    private static bool BringsNames(ushort flags) =>
        (flags & 0xF) == 0 && ((flags >> 11) & 0xF) is 0 or 5 or 8 or 9 or 15;

    private static bool TryTakeRecord(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, ref ReadOnlySpan<byte> rest,
        IpAddress sender, NameNotes notes)
    {
        var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
        var data = rest[RecordTail..];
        if (data.Length < length)
            return false;
        rest = data[length..];
        if (type == GeneralName)
            NoteAddresses(message, name, data[..length], notes);
        else if (type == NodeStatus)
            NoteStatus(data[..length], sender, notes);
        return true;
    }

    /// <summary>Flags and addresses of a name's owners (§4.2.13).</summary>
    private static void NoteAddresses(ReadOnlySpan<byte> message, ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> data,
        NameNotes notes)
    {
        Span<byte> name = stackalloc byte[NetBiosName.Length];
        if (!NetBiosName.TryDecode(message, encoded, name))
            return;
        for (var i = 0; i < NameNotes.Maximum && data.Length >= AddressEntryLength; i++)
        {
            if ((BinaryPrimitives.ReadUInt16BigEndian(data) & GroupFlag) == 0)
                notes.AddUtf8(IpAddress.FromIpv4(data[2..AddressEntryLength]), NameBasis.NetBios,
                    NetBiosName.OfComputer(name));
            data = data[AddressEntryLength..];
        }
    }

    /// <summary>The sender's own names (§4.2.18), with a one-byte count.</summary>
    private static void NoteStatus(ReadOnlySpan<byte> data, IpAddress sender, NameNotes notes)
    {
        if (data.IsEmpty)
            return;
        var count = data[0];
        var rest = data[1..];
        for (var i = 0; i < count && rest.Length >= StatusEntryLength; i++)
        {
            if ((BinaryPrimitives.ReadUInt16BigEndian(rest[NetBiosName.Length..]) & GroupFlag) == 0)
                notes.AddUtf8(sender, NameBasis.NetBios, NetBiosName.OfComputer(rest[..NetBiosName.Length]));
            rest = rest[StatusEntryLength..];
        }
    }
}
