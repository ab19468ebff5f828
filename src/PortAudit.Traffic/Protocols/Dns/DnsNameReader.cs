using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Reads answers of DNS and its two dialects. An address record names its address by owner and, after aliases,
/// by the queried name; a pointer record names the queried address (RFC 1035 §3.3, §3.4.1; RFC 3596 §2).</summary>
internal sealed class DnsNameReader(DnsDialect dialect, NameBasis basis) : INameReader
{
    /// <summary>Messages read per connection.</summary>
    public const int MaximumMessages = 64;

    private const int LengthPrefix = 2;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, NameNotes notes)
    {
        if (!payload.IsStream)
        {
            Note(payload.Datagram, notes);
            return false;
        }

        var (queries, responses) = (0, 0);
        ReadStream(payload.FromOriginator, notes, ref queries, ref responses);
        ReadStream(payload.FromResponder, notes, ref queries, ref responses);
        return responses > 0 && responses >= queries;
    }

    private void ReadStream(ReadOnlySpan<byte> stream, NameNotes notes, ref int queries, ref int responses)
    {
        for (var i = 0; i < MaximumMessages && stream.Length >= LengthPrefix + DnsMessage.HeaderLength; i++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(stream);
            var message = stream[LengthPrefix..];
            var isWhole = message.Length >= length;
            Note(message[..Math.Min(length, message.Length)], notes);
            if (!isWhole || length < DnsMessage.HeaderLength)
                return;
            if ((message[2] & 0x80) != 0)
                responses++;
            else
                queries++;
            stream = message[length..];
        }
    }

    private void Note(ReadOnlySpan<byte> bytes, NameNotes notes)
    {
        if (!DnsMessage.TryParse(bytes, dialect, out var message, out _) || !DnsRecords.Answers(message))
            return;
        Span<byte> question = stackalloc byte[DnsName.MaximumLength];
        Span<byte> owner = stackalloc byte[DnsName.MaximumLength];
        Span<byte> target = stackalloc byte[DnsName.MaximumLength];
        var records = new DnsRecords(bytes, message);
        question = question[..records.TakeQuestions(question)];
        var wanted = question;
        while (records.MoveNext())
        {
            var name = owner[..DnsText.Write(bytes, records.Owner, owner)];
            var isWanted = records.IsAnswer && wanted.Length > 0 && System.Text.Ascii.EqualsIgnoreCase(name, wanted);
            if (records.Type == DnsRecords.Alias && isWanted)
                wanted = target[..DnsText.Write(bytes, records.DataAndRest, target)];
            else if (records.Type == DnsRecords.Reverse && ReverseName.TryParse(name, out var reversed))
                notes.AddUtf8(reversed, basis, owner[..DnsText.Write(bytes, records.DataAndRest, owner)]);
            else if (records.TryGetAddress(out var address))
                NoteAddress(address, name, isWanted ? question : default, notes);
        }
    }

    private void NoteAddress(IpAddress address, ReadOnlySpan<byte> owner, ReadOnlySpan<byte> question, NameNotes notes)
    {
        notes.AddUtf8(address, basis, owner);
        if (!question.IsEmpty)
            notes.AddUtf8(address, basis, question);
    }
}
