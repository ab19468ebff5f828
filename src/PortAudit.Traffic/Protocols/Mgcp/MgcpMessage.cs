using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Mgcp;

/// <summary>One message of an MGCP datagram (RFC 3435 §3), viewed in place: command or response line, parameters, and
/// SDP descriptions after an empty line.</summary>
internal readonly ref struct MgcpMessage
{
    private const int CodeLength = 3;
    private const int MaximumTransactionLength = 9;

    private readonly MgcpCommand _command;
    private readonly MessageHead _head;

    private MgcpMessage(MgcpCommand command, ReadOnlySpan<byte> code, ReadOnlySpan<byte> transaction, MessageHead head,
        ReadOnlySpan<byte> description)
    {
        _command = command;
        Code = code;
        Transaction = transaction;
        _head = head;
        Description = description;
    }

    /// <summary>Removes the next message from a datagram. A line with a single dot separates messages
    /// (§3.5.5).</summary>
    public static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> datagram)
    {
        for (var at = 0; at < datagram.Length;)
        {
            var feed = datagram[at..].IndexOf((byte)'\n');
            if (feed < 0)
                break;
            var line = datagram.Slice(at, feed).TrimEnd((byte)'\r');
            if (line.SequenceEqual("."u8))
            {
                var message = datagram[..at];
                datagram = datagram[(at + feed + 1)..];
                return message;
            }

            at += feed + 1;
        }

        var last = datagram;
        datagram = [];
        return last;
    }

    /// <summary>Parses a message; false if neither command nor response.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MgcpMessage message)
    {
        message = default;
        var feed = bytes.IndexOf((byte)'\n');
        var line = feed < 0 ? bytes : bytes[..feed];
        var rest = feed < 0 ? [] : bytes[(feed + 1)..];

        // Without an empty line there is no description; parameters are read up to the last complete line.
        var hasEnd = MessageHead.TryParse(rest, out var head, out _);
        var description = hasEnd ? rest[head.Length..] : [];
        if (!hasEnd)
            head = MessageHead.OfLines(rest);
        if (MgcpCommand.TryParse(line, out var command, out _))
            message = new MgcpMessage(command, [], command.Transaction, head, description);
        else if (TryParseResponse(line, out var code, out var transaction))
            message = new MgcpMessage(default, code, transaction, head, description);
        return !message.Transaction.IsEmpty;
    }

    /// <summary>Verb of a command; empty in a response.</summary>
    public ReadOnlySpan<byte> Verb => _command.Verb;

    /// <summary>Endpoint name of a command; empty in a response.</summary>
    public ReadOnlySpan<byte> Endpoint => _command.Endpoint;

    /// <summary>Three-digit code of a response; empty in a command.</summary>
    public ReadOnlySpan<byte> Code { get; }

    /// <summary>Number of the transaction.</summary>
    public ReadOnlySpan<byte> Transaction { get; }

    /// <summary>SDP descriptions (§3.4); empty without any.</summary>
    public ReadOnlySpan<byte> Description { get; }

    /// <summary>True for a response.</summary>
    public bool IsResponse => !Code.IsEmpty;

    /// <summary>The value of a parameter such as <c>C</c> (call) or <c>I</c> (connection); empty without it.</summary>
    public ReadOnlySpan<byte> Parameter(ReadOnlySpan<byte> name) => _head.Field(name);

    private static bool TryParseResponse(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> code,
        out ReadOnlySpan<byte> transaction)
    {
        var rest = line.TrimEnd((byte)'\r');
        code = Words.Take(ref rest);
        transaction = Words.Take(ref rest);
        return code.Length == CodeLength && Words.IsNumber(code) && Words.IsNumber(transaction)
            && transaction.Length <= MaximumTransactionLength;
    }
}
