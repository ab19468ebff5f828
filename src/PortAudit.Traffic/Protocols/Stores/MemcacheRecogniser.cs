using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Stores;

/// <summary>Recognises memcached over TCP (memcached's <c>protocol.txt</c> and "Memcached Binary Protocol"): a command
/// line and a matching reply; in binary form a request and its response with consistent lengths.</summary>
internal sealed class MemcacheRecogniser : IRecogniser
{
    /// <summary>Longest first line: keys have up to 250 bytes, and a command may have several.</summary>
    private const int MaximumLine = 2048;

    /// <summary>Longest command (<c>flush_all</c>) and its terminator.</summary>
    private const int MaximumWord = 10;

    private const int BinaryHeaderLength = 24;
    private const byte BinaryRequest = 0x80;
    private const byte BinaryResponse = 0x81;
    private const byte LastOpcode = 0x48;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var answer = Weigh(conversation.FromOriginator, conversation.FromResponder);
        recognition.Client = ClientSide.Originator;
        if (answer != RecogniserAnswer.NoMatch)
            return answer;
        recognition.Client = ClientSide.Responder;
        return Weigh(conversation.FromResponder, conversation.FromOriginator);
    }

    private static RecogniserAnswer Weigh(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server)
    {
        var request =
            client.IsEmpty ? SideMatch.NoData : client[0] == BinaryRequest ? WeighBinary(client) : WeighCommand(client);
        var reply =
            server.IsEmpty ? SideMatch.NoData : server[0] == BinaryResponse ? WeighBinary(server) : WeighReply(server);
        if (request == SideMatch.Mismatch || reply == SideMatch.Mismatch || (request == SideMatch.Request
            && reply == SideMatch.Request && (client[0] == BinaryRequest) != (server[0] == BinaryResponse)))
            return RecogniserAnswer.NoMatch;
        return request == SideMatch.Request && reply == SideMatch.Request
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NeedMoreData;
    }

    /// <summary>A storage command with flags, time and length, or a retrieval or administrative one, with its line
    /// end.</summary>
    private static SideMatch WeighCommand(ReadOnlySpan<byte> stream)
    {
        var line = stream[..Math.Min(stream.Length, MaximumLine)];
        var wordEnd = line[..Math.Min(line.Length, MaximumWord)].IndexOfAny((byte)' ', (byte)'\r');
        if (wordEnd < 0)
            return BeginsCommand(line) ? SideMatch.Partial : SideMatch.Mismatch;
        if (!IsCommand(line[..wordEnd]))
            return SideMatch.Mismatch;
        var end = line.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        if (end < 0)
            return line.Length < MaximumLine ? SideMatch.Partial : SideMatch.Mismatch;
        if (line[end..].StartsWith("\r\n"u8))
            return SideMatch.Request;
        return line[end..] is [(byte)'\r'] ? SideMatch.Partial : SideMatch.Mismatch;
    }

    private static bool IsCommand(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("get"u8) || word.SequenceEqual("gets"u8) || word.SequenceEqual("set"u8)
        || word.SequenceEqual("add"u8) || word.SequenceEqual("replace"u8)
        || word.SequenceEqual("append"u8) || word.SequenceEqual("prepend"u8) || word.SequenceEqual("cas"u8)
        || word.SequenceEqual("delete"u8) || word.SequenceEqual("incr"u8)
        || word.SequenceEqual("decr"u8) || word.SequenceEqual("touch"u8) || word.SequenceEqual("stats"u8)
        || word.SequenceEqual("version"u8) || word.SequenceEqual("flush_all"u8);

    private static bool BeginsCommand(ReadOnlySpan<byte> word) =>
        "gets"u8.StartsWith(word) || "set"u8.StartsWith(word) || "add"u8.StartsWith(word)
        || "replace"u8.StartsWith(word) || "append"u8.StartsWith(word)
        || "prepend"u8.StartsWith(word) || "cas"u8.StartsWith(word) || "delete"u8.StartsWith(word)
        || "incr"u8.StartsWith(word) || "decr"u8.StartsWith(word)
        || "touch"u8.StartsWith(word) || "stats"u8.StartsWith(word) || "version"u8.StartsWith(word)
        || "flush_all"u8.StartsWith(word);

    private static SideMatch WeighReply(ReadOnlySpan<byte> stream)
    {
        foreach (var reply in (ReadOnlySpan<string>)["VALUE ", "STORED\r\n", "NOT_STORED\r\n", "EXISTS\r\n",
            "NOT_FOUND\r\n", "END\r\n", "DELETED\r\n", "TOUCHED\r\n", "STAT ", "VERSION ", "CLIENT_ERROR ",
            "SERVER_ERROR "])
        {
            var evidence = WeighStart(stream, reply);
            if (evidence != SideMatch.Mismatch)
                return evidence;
        }

        return SideMatch.Mismatch;
    }

    private static SideMatch WeighStart(ReadOnlySpan<byte> stream, string reply)
    {
        for (var i = 0; i < reply.Length; i++)
        {
            if (i == stream.Length)
                return SideMatch.Partial;
            if (stream[i] != reply[i])
                return SideMatch.Mismatch;
        }

        return SideMatch.Request;
    }

    /// <summary>Magic, opcode, key length, extras length, type 0, status, total length.</summary>
    private static SideMatch WeighBinary(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < BinaryHeaderLength)
            return stream.Length > 1 && stream[1] > LastOpcode ? SideMatch.Mismatch : SideMatch.Partial;
        var key = BinaryPrimitives.ReadUInt16BigEndian(stream[2..]);
        var extras = stream[4];
        var isSound = stream[1] <= LastOpcode && stream[5] == 0
            && key + extras <= BinaryPrimitives.ReadUInt32BigEndian(stream[8..]);
        return isSound ? SideMatch.Request : SideMatch.Mismatch;
    }
}
