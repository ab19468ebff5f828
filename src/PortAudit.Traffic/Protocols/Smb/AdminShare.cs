namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>
/// The shares by which administrators reach the disks of a Windows host: <c>ADMIN$</c>, its system directory, and one
/// for each drive, <c>C$</c> and so on ([MS-SRVS] 3.1.1.1 and what Windows makes by itself).
/// </summary>
internal static class AdminShare
{
    private const string System = "ADMIN$";

    private static readonly string[] Drives =
        [.. Enumerable.Range('A', 'Z' - 'A' + 1).Select(letter => $"{(char)letter}$")];

    /// <summary>The share that a path <c>\\server\share</c> ends in, in upper case; null when it is none of them.
    /// Allocates nothing.</summary>
    /// <param name="path">The path as it was sent; what follows a NUL does not count.</param>
    /// <param name="isUnicode">True for UTF-16LE, false for one byte a character.</param>
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
