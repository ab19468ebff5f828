using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Mgcp;

/// <summary>The command line of an MGCP message (RFC 3435 §3.2.1), viewed in place: verb, transaction, endpoint,
/// version.</summary>
internal readonly ref struct MgcpCommand
{
    /// <summary>Length of a verb, in characters.</summary>
    public const int VerbLength = 4;

    /// <summary>Transactions are numbers of one to nine digits (§3.2.1.2).</summary>
    private const int MaximumTransactionLength = 9;

    /// <summary>Two names of 255 characters with an <c>@</c> between them (§3.2.1.3).</summary>
    private const int MaximumEndpointLength = 511;

    private static readonly CharacterClass Letters =
        new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);
    private static readonly CharacterClass Digits = new("0123456789"u8);

    private MgcpCommand(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> transaction, ReadOnlySpan<byte> endpoint)
    {
        Verb = verb;
        Transaction = transaction;
        Endpoint = endpoint;
    }

    private static ReadOnlySpan<byte> Version => "MGCP "u8;

    /// <summary>True when <paramref name="bytes"/> begin with a command line, as far as its version.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MgcpCommand command, out ParseError error)
    {
        command = default;
        if (!TryTake(bytes, Letters, VerbLength, out var verb, out var rest, out error)
            || !TryTake(rest, Digits, MaximumTransactionLength, out var transaction, out rest, out error))
            return false;
        if (!TryTake(rest, Ascii.VisibleCharacters, MaximumEndpointLength, out var endpoint, out rest, out error))
            return false;
        error = ParseError.BadVersion;
        if (verb.Length != VerbLength || rest.CommonPrefixLength(Version) < Math.Min(rest.Length, Version.Length))
            return false;
        error = ParseError.Incomplete;
        if (rest.Length <= Version.Length)
            return false;
        error = ParseError.BadVersion;
        if (!char.IsAsciiDigit((char)rest[Version.Length]))
            return false;
        command = new MgcpCommand(verb, transaction, endpoint);
        error = ParseError.None;
        return true;
    }

    /// <summary>The verb.</summary>
    public ReadOnlySpan<byte> Verb { get; }

    /// <summary>Transaction number, repeated in the response.</summary>
    public ReadOnlySpan<byte> Transaction { get; }

    /// <summary>Endpoint that the command is about.</summary>
    public ReadOnlySpan<byte> Endpoint { get; }

    /// <summary>Reads a word and the required spaces or tabs after it.</summary>
    private static bool TryTake(ReadOnlySpan<byte> bytes, CharacterClass characters, int maximum,
        out ReadOnlySpan<byte> word, out ReadOnlySpan<byte> rest, out ParseError error)
    {
        word = default;
        rest = default;
        var length = bytes[..Math.Min(bytes.Length, maximum + 1)].IndexOfAnyExcept(characters);
        if (length < 0)
        {
            error = bytes.Length <= maximum ? ParseError.Incomplete : ParseError.BadLength;
            return false;
        }

        error = ParseError.BadValue;
        if (length == 0 || bytes[length] is not ((byte)' ' or (byte)'\t'))
            return false;
        word = bytes[..length];
        rest = bytes[length..].TrimStart(" \t"u8);
        error = ParseError.None;
        return true;
    }
}
