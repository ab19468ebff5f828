using PortAudit.Live.Devices;

namespace PortAudit.Live.Doctor;

/// <summary>An interface, and whether it can be captured.</summary>
internal sealed record CheckedDevice(CaptureDevice Device, DeviceAccess Access);
