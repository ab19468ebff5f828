using System.Buffers.Binary;

namespace PortAudit.Reports.Rows;

/// <summary>
/// Sorted runs of rows, one behind the other in one temporary file. Only its owner may open it, and it is gone with the
/// process: on Unix it loses its name as soon as it is open, on Windows when it is closed.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    private const int WriteBytes = 1 << 18;

    private readonly string _directory;
    private readonly FileStream _file;

    /// <summary>Makes the file.</summary>
    /// <param name="directory">Where; it must exist.</param>
    /// <exception cref="SpillException">It cannot be made.</exception>
    public SpillFile(string directory)
    {
        _directory = directory;
        var path = Path.Combine(directory, $"portaudit-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = WriteBytes,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = Guarded(() =>
        {
            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return file;
        });
    }

    public List<SpillRun> Runs { get; } = [];

    /// <summary>Writes the sorted rows of an arena as one more run.</summary>
    /// <exception cref="SpillException">The disk is full or fails.</exception>
    public void Write(RowArena rows) => Guarded(() =>
    {
        var begin = _file.Position;
        Span<byte> head = stackalloc byte[SpillRun.HeadBytes];
        for (var index = 0; index < rows.Count; index++)
        {
            var key = rows.KeyOf(index);
            var row = rows.RowOf(index);
            BinaryPrimitives.WriteInt64LittleEndian(head, key.StartNs);
            BinaryPrimitives.WriteUInt64LittleEndian(head[8..], key.Id);
            BinaryPrimitives.WriteInt32LittleEndian(head[16..], row.Length);
            _file.Write(head);
            _file.Write(row);
        }

        _file.Flush();
        Runs.Add(new SpillRun(begin, _file.Position));
        return true;
    });

    /// <summary>Fills a whole buffer from an offset of the file.</summary>
    /// <exception cref="SpillException">The disk fails.</exception>
    public void Read(long position, Memory<byte> buffer) => Guarded(() =>
    {
        while (!buffer.IsEmpty)
        {
            var count = RandomAccess.Read(_file.SafeFileHandle, buffer.Span, position);
            if (count == 0)
                throw new EndOfStreamException("It ends too early.");
            (buffer, position) = (buffer[count..], position + count);
        }

        return true;
    });

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // The disk is full; the writer already got an error, so the file is abandoned.
        }
    }

    private T Guarded<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SpillException(_directory, exception);
        }
    }
}
