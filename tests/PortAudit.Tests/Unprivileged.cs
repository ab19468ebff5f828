using System.Runtime.InteropServices;

namespace PortAudit.Tests;

/// <summary>
/// Makes this thread, when it is root's, one to which file permissions apply: root reads any file. Linux keeps the file
/// system's user for each thread (setfsuid(2)), and gives up the rights that go with root's.
/// </summary>
internal sealed partial class Unprivileged : IDisposable
{
    private const uint Nobody = 65534;
    private readonly uint _before;

    private Unprivileged(uint before) => _before = before;

    public static Unprivileged Become() =>
        new(Environment.IsPrivilegedProcess ? SetFileSystemUser(Nobody) : GetEffectiveUser());

    public void Dispose() => _ = SetFileSystemUser(_before);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial uint SetFileSystemUser(uint user);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
