namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>The characters of a name in a message of SMB, up to the first NUL; enumerated without allocation.</summary>
/// <param name="bytes">The name as it was sent.</param>
/// <param name="isUnicode">True for UTF-16LE, false for one byte a character.</param>
internal ref struct PathCharacters(ReadOnlySpan<byte> bytes, bool isUnicode)
{
    /// <summary>Characters that are read at most: the longest path of Windows ([MS-FSCC] 2.1.5).</summary>
    public const int Maximum = 32_760;

    private ReadOnlySpan<byte> _rest =
        bytes[..Math.Min(bytes.Length, isUnicode ? sizeof(char) * Maximum : Maximum)];

    /// <summary>The character at which the enumeration stands.</summary>
    public char Current { get; private set; }

    /// <summary>The enumeration itself.</summary>
    public readonly PathCharacters GetEnumerator() => this;

    /// <summary>Goes on to the next character; false behind the last.</summary>
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
