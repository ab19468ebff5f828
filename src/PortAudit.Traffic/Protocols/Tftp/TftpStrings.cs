using PortAudit.Traffic.Protocols.Parts;
using AsciiText = System.Text.Ascii;

namespace PortAudit.Traffic.Protocols.Tftp;

/// <summary>NUL-terminated strings of TFTP packets (RFC 1350 §5, options RFC 2347).</summary>
internal static class TftpStrings
{
    /// <summary>Options read at most: about a dozen are defined.</summary>
    private const int MaximumOptions = 32;

    /// <summary>True for file name (left empty by careless clients), mode and optional options that fill the
    /// bytes.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> bytes)
    {
        if (!TryTake(ref bytes, out _) || !TryTake(ref bytes, out var mode))
            return false;
        return IsMode(mode) && (bytes.IsEmpty || AreOptions(bytes));
    }

    /// <summary>True for pairs of option name and value that fill the bytes, the first name being defined.</summary>
    public static bool AreOptions(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < MaximumOptions; i++)
        {
            if (!TryTake(ref bytes, out var name) || !TryTake(ref bytes, out _) || (i == 0 && !IsOption(name)))
                return false;
            if (bytes.IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>True for one string that fills the bytes.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => TryTake(ref bytes, out _) && bytes.IsEmpty;

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        var end = bytes.IndexOf((byte)0);
        text = end < 0 ? [] : bytes[..end];
        if (end < 0 || text.ContainsAnyExcept(Ascii.LineCharacters))
            return false;
        bytes = bytes[(end + 1)..];
        return true;
    }

    private static bool IsMode(ReadOnlySpan<byte> mode) =>
        AsciiText.EqualsIgnoreCase(mode, "octet"u8) || AsciiText.EqualsIgnoreCase(mode, "netascii"u8)
        || AsciiText.EqualsIgnoreCase(mode, "mail"u8);

    /// <summary>Options of RFC 2348, RFC 2349, RFC 7440, RFC 2090, and Windows Deployment Services.</summary>
    private static bool IsOption(ReadOnlySpan<byte> name) =>
        AsciiText.EqualsIgnoreCase(name, "blksize"u8) || AsciiText.EqualsIgnoreCase(name, "tsize"u8)
        || AsciiText.EqualsIgnoreCase(name, "timeout"u8)
        || AsciiText.EqualsIgnoreCase(name, "windowsize"u8) || AsciiText.EqualsIgnoreCase(name, "multicast"u8)
        || AsciiText.EqualsIgnoreCase(name, "blksize2"u8)
        || AsciiText.EqualsIgnoreCase(name, "rollover"u8) || AsciiText.EqualsIgnoreCase(name, "msftwindow"u8)
        || AsciiText.EqualsIgnoreCase(name, "utimeout"u8);
}
