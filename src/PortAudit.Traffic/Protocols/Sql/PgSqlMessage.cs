using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>PostgreSQL messages (PostgreSQL documentation, "Frontend/Backend Protocol", message formats): a client
/// begins with length and code; later messages have a letter before the length.</summary>
internal static class PgSqlMessage
{
    /// <summary>Length of TLS and GSSAPI encryption requests, in bytes.</summary>
    public const int EncryptionRequestLength = 8;

    private const int CancelRequestLength = 16;
    private const uint TlsRequest = 80877103;
    private const uint GssRequest = 80877104;
    private const uint CancelRequest = 80877102;
    private const uint Version3 = 0x0003_0000;
    private const uint LastMinorVersion = 2;
    private const int HeaderLength = 5;

    /// <summary>Longest startup message accepted by servers.</summary>
    private const int MaximumStartup = 10000;

    /// <summary>Kinds of authentication: ok, and challenges.</summary>
    private const uint LastAuthentication = 12;

    /// <summary>Bytes of a statement examined.</summary>
    private const int StatementHead = 16;

    /// <summary>True for a TLS request at the start of a client's stream.</summary>
    public static bool AsksForTls(ReadOnlySpan<byte> stream) => AsksFor(stream, TlsRequest);

    /// <summary>True for a GSSAPI encryption request, which may precede the one for TLS.</summary>
    public static bool AsksForGss(ReadOnlySpan<byte> stream) => AsksFor(stream, GssRequest);

    /// <summary>Match of the start of a stream.</summary>
    public static SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        var error = stream[0] == 0 ? CheckStartup(stream) : ParseError.BadValue;
        if (error == ParseError.None)
            return SideMatch.Request;
        if (error == ParseError.Incomplete)
            return SideMatch.Partial;
        return stream[0] switch
        {
            (byte)'Q' or (byte)'P' => WeighStatement(stream),
            (byte)'R' => WeighAuthentication(stream),
            (byte)'E' => WeighError(stream),
            _ => SideMatch.Mismatch,
        };
    }

    private static bool AsksFor(ReadOnlySpan<byte> stream, uint code) =>
        stream.Length >= EncryptionRequestLength
        && BinaryPrimitives.ReadUInt32BigEndian(stream) == EncryptionRequestLength
        && BinaryPrimitives.ReadUInt32BigEndian(stream[4..]) == code;

    /// <summary>A client's first message: version 3 with a parameter, or one of three requests.</summary>
    private static ParseError CheckStartup(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < EncryptionRequestLength)
            return stream.Length > 1 && stream[1] != 0 ? ParseError.BadLength : ParseError.Incomplete;
        var length = BinaryPrimitives.ReadUInt32BigEndian(stream);
        var code = BinaryPrimitives.ReadUInt32BigEndian(stream[4..]);
        if (length == EncryptionRequestLength)
            return code is TlsRequest or GssRequest ? ParseError.None : ParseError.BadValue;
        if (length == CancelRequestLength && code == CancelRequest)
            return ParseError.None;
        if (code is < Version3 or > Version3 + LastMinorVersion
            || length is <= EncryptionRequestLength or > MaximumStartup)
            return ParseError.BadVersion;
        var parameters = stream[EncryptionRequestLength..];
        return CheckParameter(parameters[..(int)Math.Min(parameters.Length, length - EncryptionRequestLength)]);
    }

    /// <summary>A parameter name, in letters and underscores.</summary>
    private static ParseError CheckParameter(ReadOnlySpan<byte> parameters)
    {
        var end = parameters.IndexOf((byte)0);
        var name = end < 0 ? parameters : parameters[..end];
        foreach (var letter in name)
        {
            if (letter is not (>= (byte)'a' and <= (byte)'z' or (byte)'_' or (byte)'.'))
                return ParseError.BadValue;
        }

        if (end < 0)
            return ParseError.Incomplete;
        return name.IsEmpty ? ParseError.BadValue : ParseError.None;
    }

    /// <summary>A simple query, or the parsing of a prepared one, preceded by its name.</summary>
    private static SideMatch WeighStatement(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < HeaderLength)
            return SideMatch.Partial;
        var length = BinaryPrimitives.ReadInt32BigEndian(stream[1..]);
        if (length is < HeaderLength or > 0x00FF_FFFF)
            return SideMatch.Mismatch;
        var isCut = stream.Length < 1 + (long)length;
        var body = stream[HeaderLength..(int)Math.Min(stream.Length, 1 + (long)length)];
        if (stream[0] == 'P')
        {
            var end = body.IndexOf((byte)0);
            if (end < 0 || body[..end].ContainsAnyExcept(Ascii.LineCharacters))
                return isCut && !body.ContainsAnyExcept(Ascii.LineCharacters) ? SideMatch.Partial : SideMatch.Mismatch;
            body = body[(end + 1)..];
        }

        if (isCut && body.Length < StatementHead)
            return SideMatch.Partial;
        var isEnded = isCut || stream[0] == 'P' || body[^1] == 0;
        return isEnded && SqlText.IsStatement(body) ? SideMatch.Request : SideMatch.Mismatch;
    }

    private static SideMatch WeighAuthentication(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < HeaderLength + 4)
            return SideMatch.Partial;
        var isSound = BinaryPrimitives.ReadUInt32BigEndian(stream[1..]) is >= 8 and < 0x200
            && BinaryPrimitives.ReadUInt32BigEndian(stream[HeaderLength..]) <= LastAuthentication;
        return isSound ? SideMatch.Reply : SideMatch.Mismatch;
    }

    /// <summary>An error: fields of a letter and a text, beginning with the severity.</summary>
    private static SideMatch WeighError(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < HeaderLength + 3)
            return SideMatch.Partial;
        var isSound = BinaryPrimitives.ReadUInt32BigEndian(stream[1..]) is > HeaderLength and < 0x1_0000;
        return isSound && stream[HeaderLength..] is [(byte)'S', >= (byte)'A' and <= (byte)'Z',
            >= (byte)'A' and <= (byte)'Z', ..] ? SideMatch.Reply : SideMatch.Mismatch;
    }
}
