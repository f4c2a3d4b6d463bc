import DataLoader from 'dataloader'

import type { Notification } from '../domain.ts'
import type { NotificationStore } from '../stores/store.ts'

export function notificationLoader(store: NotificationStore): DataLoader<string, Notification | undefined> {
  return new DataLoader(async (ids) => {
    const notifications = new Map((await store.byIds(ids)).map((notification) => [notification.id, notification]))
    return ids.map((id) => notifications.get(id))
  })
}

export function orderNotificationsLoader(store: NotificationStore): DataLoader<string, Notification[]> {
  return new DataLoader(async (orderIds) => {
    const notifications = await store.byOrders(orderIds)
    return orderIds.map((orderId) => notifications.filter((notification) => notification.orderId === orderId))
  })
}
