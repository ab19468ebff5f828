using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.X11;

/// <summary>The server's acceptance or refusal of an X11 connection (X Window System Protocol, "Connection
/// Setup").</summary>
internal static class X11SetupReply
{
    private const int FixedLength = 8;
    private const int SuccessLength = 40;
    private const byte Failed = 0;
    private const byte Success = 1;

    /// <summary>True for such a reply: a reason as text, or valid server properties.
    /// <see cref="ParseError.Incomplete"/> when the bytes agree so far.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, bool isBig, out ParseError error)
    {
        error = ParseError.BadValue;
        if (bytes.Length >= 1 && bytes[0] > Success)
            return false;
        if (bytes.Length >= 4 && X11Setup.Read(bytes[2..], isBig) != X11Setup.Version)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < FixedLength)
            return false;
        error = ParseError.BadVersion;
        if (X11Setup.Read(bytes[4..], isBig) != 0)
            return false;
        return bytes[0] == Failed ? IsRefusal(bytes, isBig, out error) : IsConsent(bytes, isBig, out error);
    }

    private static bool IsRefusal(ReadOnlySpan<byte> bytes, bool isBig, out ParseError error)
    {
        int length = bytes[1];
        error = ParseError.BadLength;
        if (length == 0 || (length + 3) / 4 != X11Setup.Read(bytes[6..], isBig))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < FixedLength + length)
            return false;
        error = bytes.Slice(FixedLength, length).ContainsAnyExcept(Ascii.TextCharacters)
            ? ParseError.BadValue
            : ParseError.None;
        return error == ParseError.None;
    }

    /// <summary>Byte and bit orders are 0 or 1, scan line unit and padding 8, 16 or 32, key codes from 8.</summary>
    private static bool IsConsent(ReadOnlySpan<byte> bytes, bool isBig, out ParseError error)
    {
        error = ParseError.Incomplete;
        if (bytes.Length < SuccessLength)
            return false;
        var isSound = bytes[28] > 0 && bytes[30] <= 1 && bytes[31] <= 1 && bytes[32] is 8 or 16 or 32
            && bytes[33] is 8 or 16 or 32 && bytes[34] >= 8 && bytes[35] >= bytes[34];
        var vendorLength = X11Setup.Read(bytes[24..], isBig);
        error = isSound && SuccessLength + vendorLength <= FixedLength + X11Setup.Read(bytes[6..], isBig) * 4
            ? ParseError.None
            : ParseError.BadValue;
        return error == ParseError.None;
    }
}
