namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Windows' administrative shares: <c>ADMIN$</c>, the system directory, and one per drive, <c>C$</c> and so on
/// ([MS-SRVS] 3.1.1.1).</summary>
internal static class AdminShare
{
    private const string System = "ADMIN$";

    private static readonly string[] Drives =
        [.. Enumerable.Range('A', 'Z' - 'A' + 1).Select(letter => $"{(char)letter}$")];

    /// <summary>The administrative share in a path <c>\\server\share</c>, in upper case; null for others. Allocates
    /// nothing.</summary>
    /// <param name="path">The path as sent; ends at a NUL.</param>
    /// <param name="isUnicode">True for UTF-16LE, false for single-byte characters.</param>
    public static string? Find(ReadOnlySpan<byte> path, bool isUnicode)
    {
        Span<char> name = stackalloc char[System.Length];
        var length = 0;
        foreach (var character in new PathCharacters(path, isUnicode))
        {
            if (character == '\\')
                length = 0;
            else if (length < name.Length)
                name[length++] = char.ToUpperInvariant(character);
            else
                length = name.Length + 1;
        }

        if (length > name.Length)
            return null;
        var share = name[..length];
        if (share.SequenceEqual(System))
            return System;
        return share is [>= 'A' and <= 'Z', '$'] ? Drives[share[0] - 'A'] : null;
    }
}
