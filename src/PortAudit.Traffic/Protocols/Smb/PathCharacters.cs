namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Enumerates the characters of a name in an SMB message, up to a NUL, without allocation.</summary>
/// <param name="bytes">The name as sent.</param>
/// <param name="isUnicode">True for UTF-16LE, false for single-byte characters.</param>
internal ref struct PathCharacters(ReadOnlySpan<byte> bytes, bool isUnicode)
{
    /// <summary>Characters read at most: Windows' longest path ([MS-FSCC] 2.1.5).</summary>
    public const int Maximum = 32_760;

    private ReadOnlySpan<byte> _rest =
        bytes[..Math.Min(bytes.Length, isUnicode ? sizeof(char) * Maximum : Maximum)];

    public char Current { get; private set; }

    public readonly PathCharacters GetEnumerator() => this;

    public bool MoveNext()
    {
        var step = isUnicode ? sizeof(char) : 1;
        if (_rest.Length < step)
            return false;
        Current = isUnicode ? (char)(_rest[0] | (_rest[1] << 8)) : (char)_rest[0];
        _rest = _rest[step..];
        return Current != 0;
    }
}
