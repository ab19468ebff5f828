using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace PortAudit.Tests.Live;

/// <summary>A network namespace of its own: nothing of the machine's network is in it. It is gone when it is disposed,
/// and with it the interfaces in it.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int NewNetwork = 0x40000000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int _count;

    public NetworkNamespace()
    {
        Ip("netns", "add", Name);
        Ip("-n", Name, "link", "set", "lo", "up");
        In(() => File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1"));
    }

    /// <summary>Why this machine cannot have any; null when it can.</summary>
    public static string? Missing { get; } = Probe();

    public string Name { get; } = $"pa-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    /// <summary>Runs <c>ip</c>; throws when it fails.</summary>
    public static void Ip(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {errors.Trim()}");
    }

    /// <summary>Runs code on a thread that is in the namespace (setns(2) is for one thread) and ends with it.</summary>
    public T In<T>(Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{Name}", share: FileShare.ReadWrite | FileShare.Delete);
                if (SetNamespace((int)handle.DangerousGetHandle(), NewNetwork) != 0)
                    throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
                result = action();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        { IsBackground = true };
        thread.Start();
        if (!thread.Join(Patience))
            throw new TimeoutException("what runs in the namespace does not come to an end");
        failure?.Throw();
        return result;
    }

    public void In(Action action) => In(() =>
    {
        action();
        return true;
    });

    public void Dispose() => Ip("netns", "del", Name);

    private static string? Probe()
    {
        if (!OperatingSystem.IsLinux())
            return "network namespaces are Linux'";
        if (!Environment.IsPrivilegedProcess)
            return "the right to make network namespaces (CAP_SYS_ADMIN, CAP_NET_ADMIN) is not granted: run the tests "
                + "as root";
        try
        {
            using var pair = new VethPair();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Environment.GetEnvironmentVariable("CI") == "true"
                ? null
                : "ip is not installed: sudo apt-get install iproute2";
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return $"the right to make network namespaces (CAP_SYS_ADMIN, CAP_NET_ADMIN) is not granted: "
                + $"{exception.Message}";
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int type);
}
